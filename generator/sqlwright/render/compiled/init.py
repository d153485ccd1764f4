from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from init.py.jinja
name = 'init.py.jinja'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_mark = resolve('mark')
    l_0_output_format = resolve('output_format')
    l_0_module = resolve('module')
    try:
        t_1 = environment.filters['all']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'all' found.")
    try:
        t_2 = environment.filters['imports']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'imports' found.")
    pass
    yield str((undefined(name='mark') if l_0_mark is missing else l_0_mark))
    yield '\n'
    yield str((undefined(name='output_format') if l_0_output_format is missing else l_0_output_format))
    yield '\nfrom __future__ import annotations\n'
    yield str(t_2(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'imports')))
    yield '\n'
    yield str(t_1(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'exports')))
    yield '\n'

blocks = {}
debug_info = '1=26&2=28&4=30&5=32'
