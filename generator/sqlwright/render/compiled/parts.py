from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join  # from parts.jinja
name = 'parts.jinja'

def root(context, missing=missing):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_row_class = l_0_function = l_0_signature_only = l_0_new_type = l_0_variants = missing
    try:
        t_1 = environment.filters['broken']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'broken' found.")
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
        t_4 = environment.filters['field']
    except KeyError:
        @internalcode
        def t_4(*unused):
            raise TemplateRuntimeError("No filter named 'field' found.")
    try:
        t_5 = environment.filters['signature']
    except KeyError:
        @internalcode
        def t_5(*unused):
            raise TemplateRuntimeError("No filter named 'signature' found.")
    try:
        t_6 = environment.filters['sql']
    except KeyError:
        @internalcode
        def t_6(*unused):
            raise TemplateRuntimeError("No filter named 'sql' found.")
    try:
        t_7 = environment.filters['statement']
    except KeyError:
        @internalcode
        def t_7(*unused):
            raise TemplateRuntimeError("No filter named 'statement' found.")
    pass
    def macro(l_1_made):
        t_8 = []
        if l_1_made is missing:
            l_1_made = undefined("parameter 'made' was not provided", name='made')
        pass
        for l_2_decorator in environment.getattr(l_1_made, 'decorators'):
            _loop_vars = {}
            pass
            t_8.extend((
                str(l_2_decorator),
                '\n',
            ))
        l_2_decorator = missing
        t_8.extend((
            str(t_2(environment.getattr(l_1_made, 'name'), environment.getattr(l_1_made, 'bases'))),
            '\n',
        ))
        if environment.getattr(l_1_made, 'doc'):
            pass
            t_8.extend((
                str(t_3(environment.getattr(l_1_made, 'doc'), '    ')),
                '\n\n',
            ))
        for l_2_setting in environment.getattr(l_1_made, 'settings'):
            _loop_vars = {}
            pass
            t_8.extend((
                str(t_7(l_2_setting, '    ')),
                '\n\n',
            ))
        l_2_setting = missing
        t_9 = 1
        for l_2_field in environment.getattr(l_1_made, 'fields'):
            _loop_vars = {}
            pass
            t_8.extend((
                str(t_4(l_2_field)),
                '\n',
            ))
            if environment.getattr(l_2_field, 'doc'):
                pass
                t_8.extend((
                    str(t_3(environment.getattr(l_2_field, 'doc'), '    ')),
                    '\n',
                ))
            t_9 = 0
        l_2_field = missing
        if t_9:
            pass
            t_8.append(
                '    pass\n',
            )
        for l_2_maker in environment.getattr(l_1_made, 'makers'):
            _loop_vars = {}
            pass
            t_8.extend((
                '\n    @classmethod\n',
                str(context.call((undefined(name='function') if l_0_function is missing else l_0_function), l_2_maker, '    ', _loop_vars=_loop_vars)),
            ))
        l_2_maker = missing
        return concat(t_8)
    context.exported_vars.add('row_class')
    context.vars['row_class'] = l_0_row_class = Macro(environment, macro, 'row_class', ('made',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_made, l_1_indent):
        t_10 = []
        if l_1_made is missing:
            l_1_made = undefined("parameter 'made' was not provided", name='made')
        if l_1_indent is missing:
            l_1_indent = ''
        pass
        t_10.extend((
            str(t_5(l_1_made, l_1_indent)),
            '\n',
        ))
        if environment.getattr(l_1_made, 'doc'):
            pass
            t_10.extend((
                str(t_3(environment.getattr(l_1_made, 'doc'), str_join((l_1_indent, '    ', )))),
                '\n',
            ))
        for l_2_line in environment.getattr(l_1_made, 'body'):
            _loop_vars = {}
            pass
            t_10.extend((
                str(t_7(l_2_line, str_join((l_1_indent, '    ', )))),
                '\n',
            ))
        l_2_line = missing
        return concat(t_10)
    context.exported_vars.add('function')
    context.vars['function'] = l_0_function = Macro(environment, macro, 'function', ('made', 'indent'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_made, l_1_indent):
        t_11 = []
        if l_1_made is missing:
            l_1_made = undefined("parameter 'made' was not provided", name='made')
        if l_1_indent is missing:
            l_1_indent = undefined("parameter 'indent' was not provided", name='indent')
        pass
        t_11.extend((
            str(t_5(l_1_made, l_1_indent, ': ...')),
            '\n',
        ))
        return concat(t_11)
    context.exported_vars.add('signature_only')
    context.vars['signature_only'] = l_0_signature_only = Macro(environment, macro, 'signature_only', ('made', 'indent'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_item):
        t_12 = []
        if l_1_item is missing:
            l_1_item = undefined("parameter 'item' was not provided", name='item')
        pass
        t_12.extend((
            str(t_7(environment.getattr(l_1_item, 'made'))),
            '\n',
        ))
        if environment.getattr(l_1_item, 'doc'):
            pass
            t_12.extend((
                str(t_3(environment.getattr(l_1_item, 'doc'), '')),
                '\n',
            ))
        return concat(t_12)
    context.exported_vars.add('new_type')
    context.vars['new_type'] = l_0_new_type = Macro(environment, macro, 'new_type', ('item',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_constant, l_1_made):
        t_13 = []
        if l_1_constant is missing:
            l_1_constant = undefined("parameter 'constant' was not provided", name='constant')
        if l_1_made is missing:
            l_1_made = undefined("parameter 'made' was not provided", name='made')
        pass
        t_13.extend((
            str(l_1_constant),
            ' = ',
            str(environment.getattr(l_1_made, 'made')),
            '(\n    "',
            str(environment.getattr(l_1_made, 'query')),
            '",\n    ',
            str(t_1(environment.getattr(l_1_made, 'options'), '    ')),
            ',\n',
        ))
        if environment.getattr(l_1_made, 'texts'):
            pass
            t_13.append(
                '    {\n',
            )
            for l_2_text in environment.getattr(l_1_made, 'texts'):
                _loop_vars = {}
                pass
                t_13.extend((
                    '        # ',
                    str(environment.getattr(l_2_text, 'note')),
                    '\n        ',
                    str(t_1(environment.getattr(l_2_text, 'key'), '        ', ': (')),
                    '\n            ',
                    str(t_6(environment.getattr(l_2_text, 'sql'))),
                    ',\n            ',
                    str(t_1(environment.getattr(l_2_text, 'places'), '            ')),
                    ',\n        ),\n',
                ))
            l_2_text = missing
            t_13.append(
                '    },\n',
            )
        else:
            pass
            t_13.append(
                '    (\n',
            )
            for l_2_piece in environment.getattr(l_1_made, 'pieces'):
                _loop_vars = {}
                pass
                if environment.getattr(l_2_piece, 'sql'):
                    pass
                    t_13.extend((
                        '        ',
                        str(environment.getattr(l_2_piece, 'head')),
                        '\n            ',
                        str(t_6(environment.getattr(l_2_piece, 'sql'))),
                        ',\n',
                    ))
                    for l_3_each in environment.getattr(l_2_piece, 'more'):
                        _loop_vars = {}
                        pass
                        t_13.extend((
                            '            ',
                            str(t_1(l_3_each, '            ')),
                            ',\n',
                        ))
                    l_3_each = missing
                    t_13.extend((
                        '        ',
                        str(environment.getattr(l_2_piece, 'tail')),
                        ',\n',
                    ))
                else:
                    pass
                    for l_3_each in environment.getattr(l_2_piece, 'more'):
                        _loop_vars = {}
                        pass
                        t_13.extend((
                            '        ',
                            str(t_1(l_3_each, '        ')),
                            ',\n',
                        ))
                    l_3_each = missing
            l_2_piece = missing
            t_13.append(
                '    ),\n',
            )
        if environment.getattr(l_1_made, 'orders'):
            pass
            t_13.extend((
                '    ',
                str(t_1(environment.getattr(l_1_made, 'orders'), '    ')),
                ',\n',
            ))
        t_13.append(
            ')\n',
        )
        return concat(t_13)
    context.exported_vars.add('variants')
    context.vars['variants'] = l_0_variants = Macro(environment, macro, 'variants', ('constant', 'made'), False, False, False, context.eval_ctx.autoescape)

blocks = {}
debug_info = '1=54&2=59&3=63&5=68&6=71&7=74&10=77&11=81&14=86&15=90&16=93&17=96&22=106&25=111&28=117&29=125&30=128&31=131&33=134&34=138&37=145&38=153&40=159&41=165&42=168&43=171&46=177&47=185&48=189&49=191&50=194&52=199&53=204&54=206&55=208&56=210&62=222&63=225&64=229&65=231&66=234&67=239&69=245&71=250&72=255&78=263&79=267'
