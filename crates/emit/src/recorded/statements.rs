//! Statements.

use srcify_syntax::ast::{self, Expr, Stmt};

use super::{Kind, PAIRS, Run, Sure, Unsure, Value};

impl Run<'_> {
    pub(super) fn body(&mut self, body: &[Stmt]) -> Sure<()> {
        body.iter()
            .try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> Sure<()> {
        match statement {
            Stmt::Expr(it) => self.evaluate(&it.value).map(|_| ()),
            Stmt::Assign(it) => self.assignment(it),
            Stmt::AnnAssign(it) => match &it.value {
                Some(value) => {
                    let value = self.evaluate(value)?;
                    self.bind(&it.target, value)
                }
                None => Ok(()),
            },
            Stmt::AugAssign(it) => self.augmented(it),
            Stmt::Return(it) => {
                if let Some(value) = &it.value {
                    self.evaluate(value)?;
                }
                self.has_returned = true;
                Ok(())
            }
            Stmt::If(it) => self.condition(it),
            Stmt::For(it) if !it.is_async => self.for_loop(it),
            Stmt::With(it) if !it.is_async => self.with(it),
            Stmt::Try(it) => {
                self.body(&it.body)?;
                self.body(&it.orelse)?;
                self.body(&it.finalbody)
            }
            Stmt::Delete(it) => it.targets.iter().try_for_each(|target| self.delete(target)),
            Stmt::FunctionDef(it) if it.decorator_list.is_empty() => {
                self.locals
                    .insert(it.name.to_string(), Value::real(Kind::Other));
                Ok(())
            }
            Stmt::Pass(_) => Ok(()),
            _ => Err(Unsure),
        }
    }

    fn assignment(&mut self, assignment: &ast::StmtAssign) -> Sure<()> {
        let value = self.evaluate(&assignment.value)?;
        assignment
            .targets
            .iter()
            .try_for_each(|target| self.bind(target, value.clone()))
    }

    /// Binds a target to a value, as a loop or an assignment does.
    pub(super) fn bind(&mut self, target: &Expr, value: Value) -> Sure<()> {
        match target {
            Expr::Name(name) => {
                self.locals.insert(name.id.to_string(), value);
                Ok(())
            }
            Expr::Tuple(it) => self.unpack(&it.elts, value),
            Expr::List(it) => self.unpack(&it.elts, value),
            Expr::Attribute(it) => {
                let owner = self.evaluate(&it.value)?;
                if !owner.is_recorded() {
                    return Err(Unsure);
                }
                self.change(&owner);
                self.note_on(&owner, &format!(".{}=", it.attr), &[value.expected()]);
                Ok(())
            }
            Expr::Subscript(it) => {
                let owner = self.evaluate(&it.value)?;
                let key = self.evaluate(&it.slice)?;
                match owner {
                    Value::Recorded { .. } => {
                        self.change(&owner);
                        self.note_on(&owner, "[]=", &[key.expected(), value.expected()]);
                        Ok(())
                    }
                    Value::Real { .. } => Err(Unsure),
                }
            }
            _ => Err(Unsure),
        }
    }

    fn unpack(&mut self, targets: &[Expr], value: Value) -> Sure<()> {
        let Value::Recorded { name, root, .. } = &value else {
            return Err(Unsure);
        };
        if targets.iter().any(Expr::is_starred_expr) || PAIRS.contains(&name.as_str()) {
            return Err(Unsure);
        }
        self.set_size(name, targets.len())?;
        for (number, target) in targets.iter().enumerate() {
            let part = Value::Recorded {
                name: "item".to_owned(),
                text: value.text_of_item(number),
                root: root.clone(),
            };
            self.bind(target, part)?;
        }
        Ok(())
    }

    fn augmented(&mut self, statement: &ast::StmtAugAssign) -> Sure<()> {
        match &*statement.target {
            Expr::Name(_) => {
                let old = self.evaluate(&statement.target)?;
                let operand = self.evaluate(&statement.value)?;
                // A list takes in what is in the other one, and stays itself.
                let is_list = matches!(
                    &old,
                    Value::Real {
                        kind: Kind::List | Kind::Items,
                        ..
                    }
                );
                if is_list && operand.is_recorded() {
                    return Err(Unsure);
                }
                let new = self.binary(&old, statement.op, &operand)?;
                self.bind(&statement.target, new)
            }
            Expr::Attribute(it) => {
                let owner = self.evaluate(&it.value)?;
                let old = Self::attribute_of(&owner, it.attr.as_str())?;
                let operand = self.evaluate(&statement.value)?;
                let new = self.binary(&old, statement.op, &operand)?;
                self.change(&owner);
                self.note_on(&owner, &format!(".{}=", it.attr), &[new.expected()]);
                Ok(())
            }
            Expr::Subscript(it) => {
                let owner = self.evaluate(&it.value)?;
                let key = self.evaluate(&it.slice)?;
                let old = self.item(&owner, &key)?;
                let operand = self.evaluate(&statement.value)?;
                let new = self.binary(&old, statement.op, &operand)?;
                self.change(&owner);
                self.note_on(&owner, "[]=", &[key.expected(), new.expected()]);
                Ok(())
            }
            _ => Err(Unsure),
        }
    }

    fn condition(&mut self, statement: &ast::StmtIf) -> Sure<()> {
        let test = self.evaluate(&statement.test)?;
        match truth(&test) {
            Some(true) => return self.body(&statement.body),
            Some(false) => {}
            None => return Err(Unsure),
        }
        for clause in &statement.elif_else_clauses {
            let holds = match &clause.test {
                Some(test) => {
                    let test = self.evaluate(test)?;
                    truth(&test).ok_or(Unsure)?
                }
                None => true,
            };
            if holds {
                return self.body(&clause.body);
            }
        }
        Ok(())
    }

    fn for_loop(&mut self, statement: &ast::StmtFor) -> Sure<()> {
        let sequence = self.evaluate(&statement.iter)?;
        let before = self.locals.clone();
        let certain = self.bind_item(&statement.target, &sequence)?;
        if certain {
            self.body(&statement.body)?;
            return self.body(&statement.orelse);
        }
        if has_return(&statement.body) {
            return Err(Unsure);
        }
        self.uncertain += 1;
        self.body(&statement.body)?;
        self.uncertain -= 1;
        self.forget_texts(&before)?;
        self.body(&statement.orelse)
    }

    /// After a body that may have run often or never: what it bound must be the same kind of thing as before.
    fn forget_texts(&mut self, before: &std::collections::BTreeMap<String, Value>) -> Sure<()> {
        for (name, value) in &mut self.locals {
            let Some(old) = before.get(name).filter(|old| *old != value) else {
                continue;
            };
            match (old, &mut *value) {
                (Value::Recorded { .. }, Value::Recorded { text, .. }) => *text = None,
                (Value::Real { kind: old, .. }, Value::Real { kind, text }) if old == kind => {
                    *text = None;
                }
                _ => return Err(Unsure),
            }
        }
        // What only the body binds may be missing after it.
        self.locals.retain(|name, _| before.contains_key(name));
        Ok(())
    }

    /// Binds the target of a loop to an item; whether the body then runs once for certain.
    pub(super) fn bind_item(&mut self, target: &Expr, sequence: &Value) -> Sure<bool> {
        match sequence {
            Value::Recorded { name, root, .. } => {
                let item = |text| Value::Recorded {
                    name: "item".to_owned(),
                    text,
                    root: root.clone(),
                };
                if PAIRS.contains(&name.as_str()) {
                    let parts = match target {
                        Expr::Tuple(it) if it.elts.len() == 2 => &it.elts,
                        Expr::Name(_) => {
                            return self.bind(target, Value::real(Kind::Other)).map(|()| true);
                        }
                        _ => return Err(Unsure),
                    };
                    parts
                        .iter()
                        .try_for_each(|part| self.bind(part, item(None)))?;
                    return Ok(true);
                }
                if !target.is_name_expr() {
                    return Err(Unsure);
                }
                self.set_size(name, 1)?;
                self.bind(target, item(sequence.text_of_item(0)))?;
                Ok(true)
            }
            Value::Real {
                kind: Kind::Items, ..
            } if target.is_name_expr() => {
                // Its name is not known, so it cannot be called.
                self.bind(target, Value::recorded("[]"))?;
                Ok(true)
            }
            Value::Real {
                kind: Kind::Range, ..
            } if target.is_name_expr() => {
                self.bind(target, Value::real(Kind::Number))?;
                Ok(false)
            }
            Value::Real { .. } => Err(Unsure),
        }
    }

    fn with(&mut self, statement: &ast::StmtWith) -> Sure<()> {
        for item in &statement.items {
            let manager = self.evaluate(&item.context_expr)?;
            let Value::Recorded { name, root, .. } = manager else {
                return Err(Unsure);
            };
            if let Some(target) = &item.optional_vars {
                let entered = Value::Recorded {
                    name,
                    text: None,
                    root,
                };
                self.bind(target, entered)?;
            }
        }
        self.body(&statement.body)
    }

    fn delete(&mut self, target: &Expr) -> Sure<()> {
        match target {
            Expr::Name(name) => {
                self.locals.remove(name.id.as_str());
                Ok(())
            }
            Expr::Subscript(it) => {
                let owner = self.evaluate(&it.value)?;
                let key = self.evaluate(&it.slice)?;
                if !owner.is_recorded() {
                    return Err(Unsure);
                }
                self.change(&owner);
                self.note_on(&owner, "del", &[key.expected()]);
                Ok(())
            }
            _ => Err(Unsure),
        }
    }
}

/// Whether a value holds as a condition, if that is known.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Recorded { .. }
        | Value::Real {
            kind: Kind::True, ..
        } => Some(true),
        Value::Real {
            kind: Kind::False | Kind::None,
            ..
        } => Some(false),
        Value::Real { .. } => None,
    }
}

/// Whether a body ends the function or the loop somewhere.
fn has_return(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Return(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(it) => {
            has_return(&it.body)
                || it
                    .elif_else_clauses
                    .iter()
                    .any(|clause| has_return(&clause.body))
        }
        Stmt::For(it) => has_return(&it.body) || has_return(&it.orelse),
        Stmt::With(it) => has_return(&it.body),
        Stmt::Try(it) => {
            has_return(&it.body) || has_return(&it.orelse) || has_return(&it.finalbody)
        }
        _ => false,
    })
}
