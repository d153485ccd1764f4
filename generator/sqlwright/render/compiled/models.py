from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from models.py.jinja
name = 'models.py.jinja'

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
        t_3 = environment.filters['doc']
    except KeyError:
        @internalcode
        def t_3(*unused):
            raise TemplateRuntimeError("No filter named 'doc' found.")
    try:
        t_4 = environment.filters['enum_member']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'enum_member' found.")
    try:
        t_5 = environment.filters['imports']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'imports' found.")
    try:
        t_6 = environment.filters['statement']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'statement' found.")
    pass
    l_0_parts = context.vars['parts'] = environment.get_template('parts.jinja', 'models.py.jinja')._get_default_module(context)
    context.exported_vars.discard('parts')
    yield str((undefined(name='mark') if l_0_mark is missing else l_0_mark))
    yield '\nfrom __future__ import annotations\n'
    yield str(t_5(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'imports')))
    yield '\n'
    yield str(t_1(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'exports')))
    yield '\n'
    for l_1_enum in environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'enums'):
        _loop_vars = {}
        pass
        yield '\n\n'
        yield str(t_2(environment.getattr(l_1_enum, 'name'), environment.getattr(l_1_enum, 'base')))
        yield '\n'
        if environment.getattr(l_1_enum, 'doc'):
            pass
            yield str(t_3(environment.getattr(l_1_enum, 'doc'), '    '))
            yield '\n\n'
        t_7 = 1
        for (l_2_name, l_2_label) in environment.getattr(l_1_enum, 'members'):
            _loop_vars = {}
            pass
            yield str(t_4(l_2_name, l_2_label))
            yield '\n'
            t_7 = 0
        l_2_name = l_2_label = missing
        if t_7:
            pass
            yield '    pass\n'
        yield '\n\n'
        yield str(t_6(environment.getattr(l_1_enum, 'decoder')))
        yield '\n'
    l_1_enum = missing
    l_1_loop = missing
    for l_1_item, l_1_loop in LoopContext(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'new_types'), undefined):
        _loop_vars = {}
        pass
        if environment.getattr(l_1_loop, 'first'):
            pass
            yield '\n\n'
        yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'new_type'), l_1_item, _loop_vars=_loop_vars))
    l_1_loop = l_1_item = missing
    l_1_loop = missing
    for l_1_class, l_1_loop in LoopContext(environment.getattr((undefined(name='module') if l_0_module is missing else l_0_module), 'classes'), undefined):
        _loop_vars = {}
        pass
        yield '\n\n'
        yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'row_class'), environment.getattr(l_1_class, 'made'), _loop_vars=_loop_vars))
        for l_2_made in environment.getattr(l_1_class, 'functions'):
            _loop_vars = {}
            pass
            yield '\n\n'
            yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'function'), l_2_made, _loop_vars=_loop_vars))
        l_2_made = missing
        l_2_loop = missing
        for l_2_item, l_2_loop in LoopContext(environment.getattr(l_1_class, 'new_types'), undefined):
            _loop_vars = {}
            pass
            if environment.getattr(l_2_loop, 'first'):
                pass
                yield '\n\n'
            yield str(context.call(environment.getattr((undefined(name='parts') if l_0_parts is missing else l_0_parts), 'new_type'), l_2_item, _loop_vars=_loop_vars))
        l_2_loop = l_2_item = missing
    l_1_loop = l_1_class = missing

blocks = {}
debug_info = '1=50&2=52&4=54&5=56&6=58&9=62&10=64&11=66&14=69&15=72&21=80&23=84&24=87&28=90&30=93&33=97&34=98&37=102&39=105&40=108&44=111'
