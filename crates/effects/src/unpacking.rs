//! Arguments that are unpacked: what parameters get of them.

use srcify_syntax::ast;

use crate::Type;
use crate::calls::Passed;
use crate::changes::told_apart;
use crate::value::Callable;

/// The elements of unpacked arguments, where their names or number are known.
pub(crate) fn unpacked(arguments: &[Passed], parameters: &ast::Parameters) -> Vec<Passed> {
    let count = parameters.posonlyargs.len() + parameters.args.len();
    let mut all = Vec::new();
    for argument in arguments {
        if !argument.is_unpacked {
            all.push(argument.clone());
            continue;
        }
        let mut part = argument.clone();
        part.value.own.add(&argument.value.holds);
        part.value.holds.add(&argument.value.deep);
        part.value.ty = None;
        part.value.forget_literal();
        part.value.callable = Callable::one_of(argument.value.functions.clone());
        if argument.is_keyword {
            for parameter in parameters.args.iter().chain(&parameters.kwonlyargs) {
                let name = parameter.name().to_string();
                if !all
                    .iter()
                    .any(|it: &Passed| it.name.as_deref() == Some(&name))
                {
                    all.push(Passed {
                        name: Some(name),
                        is_unpacked: false,
                        ..part.clone()
                    });
                }
            }
        } else {
            let length = argument.value.ty.as_ref().and_then(length_of);
            let known = length.unwrap_or(0).max(argument.value.parts.len());
            let taken = all.len();
            let appears = argument.value.apparent();
            for at in 0..if known > 0 {
                known
            } else {
                count.saturating_sub(taken)
            } {
                let mut one = part.clone();
                one.is_unpacked = false;
                if let Some(known) = argument.value.parts.get(at) {
                    one.value = known.clone();
                } else {
                    let ty = argument.value.ty.as_ref();
                    one.value.ty = ty.and_then(|ty| element_at(ty, at));
                    (one.value.ty, one.value.hint) = told_apart(one.value.ty);
                }
                if one.value.is_vague() && one.value.hint.is_none() {
                    one.value.hint = appears.as_ref().and_then(|ty| element_at(ty, at));
                }
                all.push(one);
            }
        }
        // What is known to the last element leaves nothing open.
        if argument.value.parts.is_empty() {
            all.push(part);
        }
    }
    all
}

/// The type of an element of what is unpacked.
fn element_at(ty: &Type, at: usize) -> Option<Type> {
    match ty.name.as_str() {
        "tuple" if ty.repeated().is_some() => ty.repeated().cloned(),
        "tuple" => ty.arguments.get(at).cloned(),
        "list" => ty.arguments.first().cloned(),
        "|" => {
            let mut members = ty.arguments.iter().map(|it| element_at(it, at));
            let first = members.next()?;
            members.try_fold(first?, |known, it| Type::join(Some(&known), it.as_ref()))
        }
        _ => None,
    }
}

/// How many elements a tuple has; of a `tuple[X, ...]` nobody knows it.
fn length_of(ty: &Type) -> Option<usize> {
    match ty.name.as_str() {
        "tuple" if ty.repeated().is_none() => Some(ty.arguments.len()),
        "|" => {
            let mut members = ty.arguments.iter().map(length_of);
            let first = members.next()??;
            members.all(|it| it == Some(first)).then_some(first)
        }
        _ => None,
    }
}
