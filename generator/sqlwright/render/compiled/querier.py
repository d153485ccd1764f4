from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from querier.py.jinja
name = 'querier.py.jinja'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_mark = resolve('mark')
    l_0_module = resolve('module')
    l_0_parts = missing
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
        t_3 = environment.filters['imports']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'imports' found.")
    pass
    l_0_parts = context.vars['parts'] = environment.get_template('parts.jinja', 'querier.py.jinja')._get_default_module(context)
    context.exported_vars.discard('parts')
    yield str((undefined(name='mark') if l_0_mark is missing else l_0_mark))
    yield '\n"""Every query of the package in one place."""\n\nfrom __future__ import annotations\n'
    yield str(t_3(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'imports')))
    yield '\n'
    yield str(t_1(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'exports')))
    yield '\n'
    if environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'):
        pass
        yield '\n\n'
        for l_1_protocol in environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'protocols'):
            _loop_vars = {}
            pass
            yield str(t_2(environment.getattr(l_1_protocol, 'name'), environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'base')))
            yield '\n    """The queries of '
            yield str(environment.getattr(l_1_protocol, 'queries'))
            yield ', for code that needs no others and for its tests."""\n'
            for l_2_method in environment.getattr(l_1_protocol, 'signatures'):
                _loop_vars = {}
                pass
                yield '\n'
                yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'signature_only'), l_2_method, '    ', _loop_vars=_loop_vars))
            l_2_method = missing
            yield '\n\n'
        l_1_protocol = missing
        yield str(t_2(environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'protocol'), environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'protocol_bases')))
        yield '\n    """What '
        yield str(environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'name'))
        yield ' does, for code that takes one and for its tests."""\n\n\nclass '
        yield str(environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'name'))
        yield ':\n    """Every query of the package on one connection or pool."""\n\n    def __init__(self, conn: '
        yield str(environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'connection'))
        yield ') -> None:\n        self._conn = conn\n'
        for l_1_method in environment.getattr(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'querier'), 'methods'):
            _loop_vars = {}
            pass
            yield '\n'
            yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'function'), l_1_method, '    ', _loop_vars=_loop_vars))
        l_1_method = missing

blocks = {}
debug_info = '1=32&2=34&6=36&7=38&8=40&11=43&12=46&13=48&14=50&16=54&21=58&22=60&25=62&28=64&30=66&32=70'
