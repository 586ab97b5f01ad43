//! The grammar of Python 3.11 as its parser tries it, in a small notation, for the sake of CPython's error words.
//!
//! CPython words a refusal by parsing a second time with rules that only match mistakes (`invalid_...`); which mistake is
//! named depends on the order in which the rules are tried. So the order here is CPython's. Notation: `/` parts
//! alternatives; `'x'` is a token or keyword; `x?`, `x*`, `x+` repeat, `x%` is one or more parted by commas; `&x` and `!x`
//! look ahead; `~` commits to the alternative; `^'x'` must follow. After `=` stands what the alternative is: a kind of
//! expression, `$n` for its part number n, or the name of a mistake.
//!
//! Source: the Python language reference, "Full Grammar specification", and CPython 3.11's answers.

use std::collections::HashMap;

/// What must match.
#[derive(Debug, Clone)]
pub enum Item {
    /// An operator or a keyword.
    Token(&'static str),
    /// `NAME`, `NUMBER`, `STRING`, `NEWLINE`, `INDENT`, `DEDENT`, `END`, `SOFT`.
    Class(&'static str),
    /// Another rule, by number.
    Rule(usize),
    /// One of several sequences.
    Group(Vec<Alternative>),
    /// None or one.
    Optional(Box<Item>),
    /// Any number, at least the given one.
    Repeat(Box<Item>, usize),
    /// One or more parted by commas.
    Gather(Box<Item>),
    /// Must follow, but is not taken.
    Ahead(Box<Item>),
    /// Must not follow.
    NotAhead(Box<Item>),
    /// From here on no other alternative is tried.
    Cut,
    /// A token without which the text is refused at once.
    Forced(&'static str),
}

/// A sequence and what it is.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// What must match, in order.
    pub items: Vec<Item>,
    /// The word after `=`; empty when there is none.
    pub means: &'static str,
}

/// A rule: its alternatives in order.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Its alternatives.
    pub alternatives: Vec<Alternative>,
    /// Whether it only matches mistakes.
    pub invalid: bool,
    /// Whether what it found is remembered even across CPython's switch of the rules of mistakes.
    pub remembers: bool,
}

/// All rules.
#[derive(Debug, Default)]
pub struct Grammar {
    /// By number.
    pub rules: Vec<Rule>,
    numbers: HashMap<&'static str, usize>,
}

impl Grammar {
    /// Reads the notation.
    pub fn new() -> Self {
        let mut grammar = Self::default();
        let lines: Vec<(&'static str, &'static str)> =
            SOURCE.lines().filter_map(|line| line.split_once(": ")).map(|(name, rest)| (name.trim(), rest)).collect();
        for (name, _) in &lines {
            grammar.numbers.insert(name, grammar.rules.len());
            grammar.rules.push(Rule {
                name,
                alternatives: Vec::new(),
                invalid: name.starts_with("invalid_"),
                remembers: REMEMBERING.contains(name),
            });
        }
        for (index, (_, rest)) in lines.iter().enumerate() {
            let words: Vec<&'static str> = rest.split_whitespace().collect();
            let alternatives = grammar.alternatives(&mut words.as_slice());
            if let Some(rule) = grammar.rules.get_mut(index) {
                rule.alternatives = alternatives;
            }
        }
        grammar
    }

    /// The number of a rule.
    pub fn number(&self, name: &str) -> usize {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    fn alternatives(&self, words: &mut &[&'static str]) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        let mut current = Alternative { items: Vec::new(), means: "" };
        while let Some((word, rest)) = words.split_first() {
            *words = rest;
            match *word {
                "/" => alternatives.push(std::mem::replace(&mut current, Alternative { items: Vec::new(), means: "" })),
                "=" => {
                    if let Some((means, rest)) = words.split_first() {
                        current.means = means;
                        *words = rest;
                    }
                }
                word if word.starts_with(')') => {
                    // The caller reads what stands behind the bracket.
                    alternatives.push(current);
                    return alternatives;
                }
                word => current.items.push(self.item(word, words)),
            }
        }
        alternatives.push(current);
        alternatives
    }

    fn item(&self, word: &'static str, words: &mut &[&'static str]) -> Item {
        if let Some(inner) = word.strip_prefix('&') {
            return Item::Ahead(Box::new(self.item(inner, words)));
        }
        if let Some(inner) = word.strip_prefix('!').filter(|inner| !inner.is_empty()) {
            return Item::NotAhead(Box::new(self.item(inner, words)));
        }
        if word == "~" {
            return Item::Cut;
        }
        if let Some(inner) = word.strip_prefix('^') {
            return Item::Forced(inner.trim_matches('\''));
        }
        if word == "(" {
            let before = *words;
            let alternatives = self.alternatives(words);
            let taken = before.len() - words.len();
            let close = before.get(taken.saturating_sub(1)).copied().unwrap_or_default();
            return suffixed(Item::Group(alternatives), close.strip_prefix(')').unwrap_or_default());
        }
        if let Some(rest) = word.strip_prefix('\'') {
            let end = rest.rfind('\'').unwrap_or(rest.len());
            let (token, suffix) = rest.split_at_checked(end).unwrap_or((rest, ""));
            return suffixed(Item::Token(token), suffix.strip_prefix('\'').unwrap_or_default());
        }
        let name = word.trim_end_matches(['?', '*', '+', '%']);
        let suffix = word.strip_prefix(name).unwrap_or_default();
        let item = if name.chars().all(|c| c.is_ascii_uppercase()) {
            Item::Class(name)
        } else {
            debug_assert!(self.numbers.contains_key(name), "the grammar has no rule {name}");
            Item::Rule(self.number(name))
        };
        suffixed(item, suffix)
    }
}

fn suffixed(item: Item, suffix: &str) -> Item {
    match suffix {
        "?" => Item::Optional(Box::new(item)),
        "*" => Item::Repeat(Box::new(item), 0),
        "+" => Item::Repeat(Box::new(item), 1),
        "%" => Item::Gather(Box::new(item)),
        _ => item,
    }
}

/// The rules that CPython's parser memoises.
const REMEMBERING: [&str; 19] = [
    "arguments",
    "await_primary",
    "bitwise_or",
    "block",
    "conjunction",
    "del_target",
    "disjunction",
    "expression",
    "factor",
    "invalid_named_expression",
    "inversion",
    "lambda_param",
    "primary",
    "simple_stmt",
    "star_expression",
    "star_target",
    "strings",
    "t_primary",
    "target_with_star_atom",
];

const SOURCE: &str = "\
eval: expressions NEWLINE* END
file: statement* END
field: star_expressions END
statement: compound_stmt / simple_stmts
simple_stmts: simple_stmt !';' NEWLINE / simple_stmt ( ';' simple_stmt )* ';'? NEWLINE
simple_stmt: assignment / star_expressions / &'return' 'return' star_expressions? / &( 'import' / 'from' ) import_stmt / &'raise' raise_stmt / 'pass' / &'del' del_stmt / &'yield' yield_expr / &'assert' 'assert' expression ( ',' expression )? / 'break' / 'continue' / &'global' 'global' NAME% / &'nonlocal' 'nonlocal' NAME%
compound_stmt: &( 'def' / '@' / 'async' ) function_def / &'if' if_stmt / &( 'class' / '@' ) class_def / &( 'with' / 'async' ) with_stmt / &( 'for' / 'async' ) for_stmt / &'try' try_stmt / &'while' while_stmt / match_stmt
assignment: NAME ':' expression ( '=' annotated_rhs )? / ( '(' single_target ')' / single_subscript_attribute_target ) ':' expression ( '=' annotated_rhs )? / ( star_targets '=' )+ annotated_rhs !'=' / single_target augassign ~ annotated_rhs / invalid_assignment
annotated_rhs: yield_expr / star_expressions
augassign: '+=' / '-=' / '*=' / '@=' / '/=' / '%=' / '&=' / '|=' / '^=' / '<<=' / '>>=' / '**=' / '//='
raise_stmt: 'raise' expression ( 'from' expression )? / 'raise'
del_stmt: 'del' del_target% ','? &( ';' / NEWLINE ) / invalid_del_stmt
import_stmt: 'import' dotted_as_name% / 'from' ( '.' / '...' )* dotted_name 'import' import_from_targets / 'from' ( '.' / '...' )+ 'import' import_from_targets
import_from_targets: '(' import_from_as_name% ','? ')' / import_from_as_name% !',' / '*' / invalid_import_from_targets
import_from_as_name: NAME ( 'as' NAME )?
dotted_as_name: dotted_name ( 'as' NAME )?
dotted_name: NAME ( '.' NAME )*
block: NEWLINE INDENT statement+ DEDENT / simple_stmts / invalid_block
if_stmt: invalid_if_stmt / 'if' named_expression ':' block elif_stmt / 'if' named_expression ':' block else_block?
elif_stmt: invalid_elif_stmt / 'elif' named_expression ':' block elif_stmt / 'elif' named_expression ':' block else_block?
else_block: invalid_else_stmt / 'else' ^':' block
while_stmt: invalid_while_stmt / 'while' named_expression ':' block else_block?
for_stmt: invalid_for_stmt / 'for' star_targets 'in' ~ star_expressions ':' block else_block? / 'async' 'for' star_targets 'in' ~ star_expressions ':' block else_block? / invalid_for_target
with_stmt: invalid_with_stmt_indent / 'with' '(' with_item% ','? ')' ':' block / 'with' with_item% ':' block / 'async' 'with' '(' with_item% ','? ')' ':' block / 'async' 'with' with_item% ':' block / invalid_with_stmt
with_item: expression 'as' star_target &( ',' / ')' / ':' ) / invalid_with_item / expression
try_stmt: invalid_try_stmt / 'try' ^':' block finally_block / 'try' ^':' block except_block+ else_block? finally_block? / 'try' ^':' block except_star_block+ else_block? finally_block?
except_block: invalid_except_stmt_indent / 'except' expression ( 'as' NAME )? ':' block / 'except' ':' block / invalid_except_stmt
except_star_block: invalid_except_star_stmt_indent / 'except' '*' expression ( 'as' NAME )? ':' block / invalid_except_stmt
finally_block: invalid_finally_stmt / 'finally' ^':' block
function_def: decorators? function_def_raw
decorators: ( '@' named_expression NEWLINE )+
function_def_raw: invalid_def_raw / 'async'? 'def' NAME ^'(' params? ')' ( '->' expression )? ^':' block
params: invalid_parameters / parameters
parameters: slash_no_default param_no_default* param_with_default* star_etc? / slash_with_default param_with_default* star_etc? / param_no_default+ param_with_default* star_etc? / param_with_default+ star_etc? / star_etc
slash_no_default: param_no_default+ '/' ',' / param_no_default+ '/' &')'
slash_with_default: param_no_default* param_with_default+ '/' ',' / param_no_default* param_with_default+ '/' &')'
star_etc: invalid_star_etc / '*' param_no_default param_maybe_default* kwds? / '*' ',' param_maybe_default+ kwds? / kwds
kwds: invalid_kwds / '**' param_no_default
param_no_default: param ',' / param &')'
param_with_default: param default ',' / param default &')'
param_maybe_default: param ( default )? ',' / param ( default )? &')'
invalid_parameters: param_no_default* ( slash_with_default / param_with_default+ ) param_no_default = default_order / param_no_default* '(' param_no_default+ ','? ')' = def_parentheses / '/' ',' = lonely_slash / ( slash_no_default / slash_with_default ) param_maybe_default* '/' = second_slash / ( slash_no_default / slash_with_default )? param_maybe_default* '*' ( ',' / param_no_default ) param_maybe_default* '/' = late_slash / param_maybe_default+ '/' '*' = comma_after_slash
invalid_star_etc: '*' ( ')' / ',' ( ')' / '**' ) ) = bare_star / '*' param '=' = star_default / '*' ( param_no_default / ',' ) param_maybe_default* '*' ( param_no_default / ',' ) = second_star
invalid_kwds: '**' param '=' = double_star_default / '**' param ',' param = after_double_star / '**' param ',' ( '*' / '**' / '/' ) = after_double_star
param: NAME ( ':' expression )?
default: '=' expression / invalid_default
invalid_default: '=' &( ')' / ',' ) = no_default
class_def: decorators? class_def_raw
class_def_raw: invalid_class_def_raw / 'class' NAME ( '(' arguments? ')' )? ':' block
match_stmt: MATCH subject_expr ':' NEWLINE INDENT case_block+ DEDENT / invalid_match_stmt
case_block: invalid_case_block / CASE patterns guard? ':' block
guard: 'if' named_expression
patterns: open_sequence_pattern / pattern
pattern: as_pattern / or_pattern
as_pattern: or_pattern 'as' capture_target / invalid_as_pattern
or_pattern: closed_pattern ( '|' closed_pattern )*
closed_pattern: literal_pattern / capture_target / WILD / value_pattern / '(' pattern ')' / sequence_pattern / mapping_pattern / class_pattern
literal_pattern: signed_number !( '+' / '-' ) / signed_number ( '+' / '-' ) NUMBER = unknown / STRING+ = string / 'None' / 'True' / 'False'
signed_number: NUMBER / '-' NUMBER
capture_target: !WILD NAME !( '.' / '(' / '=' )
value_pattern: NAME ( '.' NAME )+ !( '.' / '(' / '=' )
name_or_attr: NAME ( '.' NAME )*
sequence_pattern: '[' maybe_sequence_pattern? ']' / '(' open_sequence_pattern? ')'
open_sequence_pattern: maybe_star_pattern ',' maybe_sequence_pattern?
maybe_sequence_pattern: maybe_star_pattern% ','?
maybe_star_pattern: '*' ( capture_target / WILD ) / pattern
mapping_pattern: '{' '}' / '{' double_star_pattern ','? '}' / '{' key_value_pattern% ',' double_star_pattern ','? '}' / '{' key_value_pattern% ','? '}'
key_value_pattern: ( literal_pattern / NAME ( '.' NAME )+ ) ':' pattern
double_star_pattern: '**' capture_target
class_pattern: name_or_attr '(' ')' / name_or_attr '(' pattern% ','? ')' / name_or_attr '(' keyword_pattern% ','? ')' / name_or_attr '(' pattern% ',' keyword_pattern% ','? ')' / invalid_class_pattern
keyword_pattern: NAME '=' pattern
subject_expr: star_named_expression ',' star_named_expressions? / named_expression
expressions: expression ( ',' expression )+ ','? = tuple / expression ',' = tuple / expression
expression: invalid_expression / invalid_legacy_expression / disjunction 'if' disjunction 'else' expression = conditional_expression / disjunction / lambdef
expression_without_invalid: disjunction 'if' disjunction 'else' expression = conditional_expression / disjunction / lambdef
yield_expr: 'yield' 'from' expression = yield_expression / 'yield' star_expressions? = yield_expression
star_expressions: star_expression ( ',' star_expression )+ ','? = tuple / star_expression ',' = tuple / star_expression
star_expression: '*' bitwise_or = starred / expression
star_named_expressions: star_named_expression% ','?
star_named_expression: '*' bitwise_or = starred / named_expression
assignment_expression: NAME ':=' ~ expression = named_expression
named_expression: assignment_expression / invalid_named_expression / expression !':='
disjunction: conjunction ( 'or' conjunction )+ = expression / conjunction
conjunction: inversion ( 'and' inversion )+ = expression / inversion
inversion: 'not' inversion = expression / comparison
comparison: bitwise_or compare_pair+ = comparison / bitwise_or
compare_pair: '==' bitwise_or / '!=' bitwise_or / '<=' bitwise_or / '<' bitwise_or / '>=' bitwise_or / '>' bitwise_or / 'not' 'in' bitwise_or / 'in' bitwise_or = in / 'is' 'not' bitwise_or / 'is' bitwise_or
bitwise_or: factor ( ( '|' / '^' / '&' / '<<' / '>>' / '+' / '-' / '*' / '/' / '//' / '%' / '@' ) factor )+ = expression / factor
factor: ( '+' / '-' / '~' ) factor = expression / power
power: await_primary '**' factor = expression / await_primary
await_primary: 'await' primary = await_expression / primary
primary: atom trailer* = primary
trailer: '.' NAME = attribute / genexp = function_call / '(' arguments? ')' = function_call / '[' slices ']' = subscript
slices: slice !',' / ( slice / starred_expression )% ','? = tuple
slice: expression? ':' expression? ( ':' expression? )? / named_expression
atom: NAME = name / 'True' = True / 'False' = False / 'None' = None / STRING+ = string / NUMBER = literal / &'(' ( tuple / group / genexp ) / &'[' ( list / listcomp ) / &'{' ( dict / set / dictcomp / setcomp ) / '...' = ellipsis
group: '(' ( yield_expr / named_expression ) ')' = $1 / invalid_group
lambdef: 'lambda' lambda_params? ':' expression = lambda
lambda_params: invalid_lambda_parameters / lambda_parameters
lambda_parameters: lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* lambda_star_etc? / lambda_slash_with_default lambda_param_with_default* lambda_star_etc? / lambda_param_no_default+ lambda_param_with_default* lambda_star_etc? / lambda_param_with_default+ lambda_star_etc? / lambda_star_etc
lambda_slash_no_default: lambda_param_no_default+ '/' ',' / lambda_param_no_default+ '/' &':'
lambda_slash_with_default: lambda_param_no_default* lambda_param_with_default+ '/' ',' / lambda_param_no_default* lambda_param_with_default+ '/' &':'
lambda_star_etc: invalid_lambda_star_etc / '*' lambda_param_no_default lambda_param_maybe_default* lambda_kwds? / '*' ',' lambda_param_maybe_default+ lambda_kwds? / lambda_kwds
lambda_kwds: invalid_lambda_kwds / '**' lambda_param_no_default
lambda_param_no_default: NAME ',' / NAME &':'
lambda_param_with_default: NAME default ',' / NAME default &':'
lambda_param_maybe_default: NAME ( default )? ',' / NAME ( default )? &':'
list: '[' star_named_expressions? ']' = list
listcomp: '[' named_expression for_if_clauses ']' = list_comprehension / invalid_comprehension
tuple: '(' ( star_named_expression ',' star_named_expressions? )? ')' = tuple
genexp: '(' ( assignment_expression / expression !':=' ) for_if_clauses ')' = generator_expression / invalid_comprehension
set: '{' star_named_expressions '}' = set_display
setcomp: '{' named_expression for_if_clauses '}' = set_comprehension / invalid_comprehension
dict: '{' double_starred_kvpairs? '}' = dict_literal / '{' invalid_double_starred_kvpairs '}'
dictcomp: '{' kvpair for_if_clauses '}' = dict_comprehension / invalid_dict_comprehension
double_starred_kvpairs: double_starred_kvpair% ','?
double_starred_kvpair: '**' bitwise_or / kvpair
kvpair: expression ':' expression
for_if_clauses: for_if_clause+
for_if_clause: 'async' 'for' star_targets 'in' ~ disjunction ( 'if' disjunction )* / 'for' star_targets 'in' ~ disjunction ( 'if' disjunction )* / invalid_for_target
arguments: args ','? &')' / invalid_arguments
args: ( starred_expression / ( assignment_expression / expression !':=' ) !'=' )% ( ',' kwargs )? / kwargs
kwargs: kwarg_or_starred% ',' kwarg_or_double_starred% / kwarg_or_starred% / kwarg_or_double_starred%
starred_expression: '*' expression = starred
kwarg_or_starred: invalid_kwarg / NAME '=' expression / starred_expression
kwarg_or_double_starred: invalid_kwarg / NAME '=' expression / '**' expression = double
star_targets: star_target !',' / star_target ( ',' star_target )* ','? = tuple
star_target: '*' !'*' star_target = starred / target_with_star_atom
target_with_star_atom: t_primary '.' NAME !t_lookahead = attribute / t_primary '[' slices ']' !t_lookahead = subscript / star_atom
star_atom: NAME = name / '(' target_with_star_atom ')' = $1 / '(' ( star_target% ','? )? ')' = tuple / '[' ( star_target% ','? )? ']' = list
single_target: single_subscript_attribute_target / NAME = name / '(' single_target ')' = $1
single_subscript_attribute_target: t_primary '.' NAME !t_lookahead = attribute / t_primary '[' slices ']' !t_lookahead = subscript
t_primary: atom &t_lookahead ( trailer &t_lookahead )*
t_lookahead: '(' / '[' / '.'
del_target: t_primary '.' NAME !t_lookahead / t_primary '[' slices ']' !t_lookahead / del_t_atom
del_t_atom: NAME / '(' del_target ')' / '(' ( del_target% ','? )? ')' / '[' ( del_target% ','? )? ']'
invalid_arguments: ( ( starred_expression / ( assignment_expression / expression !':=' ) !'=' )% ',' kwargs / kwargs ) ',' '*' = iterable_after_keyword / expression for_if_clauses ',' ( args / expression for_if_clauses )? = bare_generator / NAME '=' expression for_if_clauses = maybe_equals / args for_if_clauses = bare_generator_in_call / args ',' expression for_if_clauses = bare_generator_last / args ',' args = positional_after_keyword
invalid_kwarg: ( 'True' / 'False' / 'None' ) '=' = assign_constant / NAME '=' expression for_if_clauses = maybe_equals / !( NAME '=' ) expression '=' = assignment_in_call
invalid_expression: !( NAME STRING / SOFT ) disjunction expression_without_invalid = forgot_comma / disjunction 'if' disjunction !( 'else' / ':' ) = expected_else
invalid_legacy_expression: NAME !'(' star_expressions = missing_parentheses
invalid_named_expression: expression ':=' expression = walrus_target / NAME '=' bitwise_or !( '=' / ':=' ) = maybe_equals / !( list / tuple / genexp / 'True' / 'None' / 'False' ) bitwise_or '=' bitwise_or !( '=' / ':=' ) = assign_here
invalid_assignment: ( list / tuple ) ':' expression = annotated_sequence / star_named_expression ',' ( star_named_expressions )* ':' expression = annotated_tuple / expression ':' expression = illegal_annotation / ( star_targets '=' )* star_expressions '=' = assign_target / ( star_targets '=' )* yield_expr '=' = assign_yield / star_expressions augassign annotated_rhs = augmented_target
invalid_del_stmt: 'del' star_expressions = delete_target
invalid_block: NEWLINE !INDENT = no_block
invalid_comprehension: ( '[' / '(' / '{' ) starred_expression for_if_clauses = unpacking_in_comprehension / ( '[' / '{' ) star_named_expression ',' star_named_expressions for_if_clauses = comprehension_target / ( '[' / '{' ) star_named_expression ',' for_if_clauses = comprehension_target
invalid_dict_comprehension: '{' '**' bitwise_or for_if_clauses '}' = dict_unpacking
invalid_with_item: expression 'as' expression &( ',' / ')' / ':' ) = with_target
invalid_for_target: 'async'? 'for' star_expressions = for_target
invalid_group: '(' starred_expression ')' = group_star / '(' '**' expression ')' = group_double_star
invalid_import_from_targets: import_from_as_name% ',' NEWLINE = trailing_comma
invalid_with_stmt: 'async'? 'with' ( expression ( 'as' star_target )? )% NEWLINE = expected_colon / 'async'? 'with' '(' ( expressions ( 'as' star_target )? )% ','? ')' NEWLINE = expected_colon
invalid_with_stmt_indent: 'async'? 'with' ( expression ( 'as' star_target )? )% ':' NEWLINE !INDENT = no_block_after / 'async'? 'with' '(' ( expressions ( 'as' star_target )? )% ','? ')' ':' NEWLINE !INDENT = no_block_after
invalid_try_stmt: 'try' ':' NEWLINE !INDENT = no_block_after / 'try' ':' block !( 'except' / 'finally' ) = expected_except / 'try' ':' block* ( except_block+ except_star_block / except_star_block+ except_block ) block* = both_excepts
invalid_except_stmt: 'except' '*'? expression ',' expressions ( 'as' NAME )? ':' = several_exceptions / 'except' '*'? expression ( 'as' NAME )? NEWLINE = expected_colon / 'except' NEWLINE = expected_colon / 'except' '*' ( NEWLINE / ':' ) = no_exceptions
invalid_finally_stmt: 'finally' ':' NEWLINE !INDENT = no_block_after
invalid_except_star_stmt_indent: 'except' '*' expression ( 'as' NAME )? ':' NEWLINE !INDENT = no_block_after_star
invalid_except_stmt_indent: 'except' expression ( 'as' NAME )? ':' NEWLINE !INDENT = no_block_after / 'except' ':' NEWLINE !INDENT = no_block_after
invalid_match_stmt: MATCH subject_expr NEWLINE = expected_colon / MATCH subject_expr ':' NEWLINE !INDENT = no_block_after
invalid_case_block: CASE patterns guard? NEWLINE = expected_colon / CASE patterns guard? ':' NEWLINE !INDENT = no_block_after
invalid_as_pattern: or_pattern 'as' WILD = wildcard_target / or_pattern 'as' !NAME expression = pattern_target
invalid_class_pattern: name_or_attr '(' ( pattern% ',' )? keyword_pattern% ',' pattern% = class_positional
invalid_if_stmt: 'if' named_expression NEWLINE = expected_colon / 'if' named_expression ':' NEWLINE !INDENT = no_block_after
invalid_elif_stmt: 'elif' named_expression NEWLINE = expected_colon / 'elif' named_expression ':' NEWLINE !INDENT = no_block_after
invalid_else_stmt: 'else' ':' NEWLINE !INDENT = no_block_after
invalid_while_stmt: 'while' named_expression NEWLINE = expected_colon / 'while' named_expression ':' NEWLINE !INDENT = no_block_after
invalid_for_stmt: 'async'? 'for' star_targets 'in' star_expressions NEWLINE = expected_colon / 'async'? 'for' star_targets 'in' star_expressions ':' NEWLINE !INDENT = no_block_after
invalid_def_raw: 'async'? 'def' NAME '(' params? ')' ( '->' expression )? ':' NEWLINE !INDENT = no_block_after_def
invalid_class_def_raw: 'class' NAME ( '(' arguments? ')' )? NEWLINE = expected_colon / 'class' NAME ( '(' arguments? ')' )? ':' NEWLINE !INDENT = no_block_after_class
invalid_double_starred_kvpairs: double_starred_kvpair% ',' invalid_kvpair / expression ':' '*' bitwise_or = starred_dict_value / expression ':' &( '}' / ',' ) = no_dict_value
invalid_kvpair: expression !':' = no_dict_colon / expression ':' '*' bitwise_or = starred_dict_value / expression ':' &( '}' / ',' ) = no_dict_value
invalid_lambda_parameters: lambda_param_no_default* ( lambda_slash_with_default / lambda_param_with_default+ ) lambda_param_no_default = default_order / lambda_param_no_default* '(' NAME% ','? ')' = lambda_parentheses / '/' ',' = lonely_slash / ( lambda_slash_no_default / lambda_slash_with_default ) lambda_param_maybe_default* '/' = second_slash / ( lambda_slash_no_default / lambda_slash_with_default )? lambda_param_maybe_default* '*' ( ',' / lambda_param_no_default ) lambda_param_maybe_default* '/' = late_slash / lambda_param_maybe_default+ '/' '*' = comma_after_slash
invalid_lambda_star_etc: '*' ( ':' / ',' ( ':' / '**' ) ) = bare_star / '*' NAME '=' = star_default / '*' ( lambda_param_no_default / ',' ) lambda_param_maybe_default* '*' ( lambda_param_no_default / ',' ) = second_star
invalid_lambda_kwds: '**' NAME '=' = double_star_default / '**' NAME ',' NAME = after_double_star / '**' NAME ',' ( '*' / '**' / '/' ) = after_double_star
";
