from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from exceptions.py.jinja
name = 'exceptions.py.jinja'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_mark = resolve('mark')
    l_0_module = resolve('module')
    try:
        t_1 = environment.filters['all']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'all' found.")
    try:
        t_2 = environment.filters['class_header']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'class_header' found.")
    try:
        t_3 = environment.filters['doc']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'doc' found.")
    try:
        t_4 = environment.filters['imports']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'imports' found.")
    try:
        t_5 = environment.filters['statement']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'statement' found.")
    pass
    yield str((undefined(name='mark') if l_0_mark is missing else l_0_mark))
    yield '\n"""What statements raise that violate a constraint, by the constraint."""\n\nfrom __future__ import annotations\n'
    yield str(t_4(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'imports')))
    yield '\n'
    yield str(t_1(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'exports')))
    yield '\n'
    for l_1_class in environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'classes'):
        _loop_vars = {}
        pass
        yield '\n\n'
        yield str(t_2(environment.getattr(l_1_class, 'name'), environment.getattr(l_1_class, 'bases')))
        yield '\n'
        yield str(t_3(environment.getattr(l_1_class, 'doc'), '    '))
        yield '\n'
        if environment.getattr(l_1_class, 'columns'):
            pass
            yield '\n'
            yield str(t_5(environment.getattr(l_1_class, 'columns')))
            yield '\n'
    l_1_class = missing
    yield '\n\n'
    yield str(t_5(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'naming')))
    yield '\n\n\ndef name_violation(error: IntegrityConstraintViolationError) -> None:\n    """Make an error one of the class of its constraint, if that has one."""\n    _NAMING.name(error)\n\n\ndef naming() -> Naming:\n    """A context that names errors raised in it, such as those of constraints which are\n    deferred: `async with naming(), conn.transaction(): ...`."""\n    return _NAMING\n'

blocks = {}
debug_info = '1=43&5=45&6=47&7=49&10=53&11=55&12=57&14=60&19=64'
