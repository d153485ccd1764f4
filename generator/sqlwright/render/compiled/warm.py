from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from warm.py.jinja
name = 'warm.py.jinja'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_mark = resolve('mark')
    l_0_module = resolve('module')
    try:
        t_1 = environment.filters['imports']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'imports' found.")
    try:
        t_2 = environment.filters['sql']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'sql' found.")
    pass
    yield str((undefined(name='mark') if l_0_mark is missing else l_0_mark))
    yield '\nfrom __future__ import annotations\n'
    yield str(t_1([environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'connection')]))
    yield '\n__all__ = ["warm"]\n\n\nWARM = '
    yield str(t_2(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'warm_up')))
    yield '\n\n\nasync def warm(conn: Connection) -> None:\n    """Have a new connection learn the types of the package\'s queries in one go.\n\n    Each type costs a question to the server the first time a connection meets it. Give\n    this to a pool as `init`, and no query has to wait for the answers.\n    """\n    await conn.fetchrow(WARM)\n'

blocks = {}
debug_info = '1=25&3=27&7=29'
