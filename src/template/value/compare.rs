//! Equality of values, as Python has it.

use num_traits::ToPrimitive;

use super::Value;

impl Value {
    /// Python's `==`. Values of different kinds are not equal; a template object never equals a plain value.
    pub fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) | (Value::Empty, Value::Empty) => true,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                std::rc::Rc::ptr_eq(a, b) || all_equal(&a.borrow(), &b.borrow())
            }
            (Value::Tuple(a), Value::Tuple(b)) => all_equal(a, b),
            (Value::Range(a), Value::Range(b)) => {
                let steps = a.len() < 2 || a.step == b.step;
                a.len() == b.len() && steps && (a.is_empty() || a.start == b.start)
            }
            (Value::Range(r), Value::List(l)) | (Value::List(l), Value::Range(r)) => {
                let items = l.borrow();
                r.len() == items.len()
                    && items.iter().enumerate().all(|(i, v)| v.equals(&Value::Int(r.at(i))))
            }
            (Value::Dict(a), Value::Dict(b)) => {
                let (a, b) = (a.borrow(), b.borrow());
                a.len() == b.len()
                    && a.same_order(&b)
                    && a.entries().all(|(k, e)| b.get(k).is_some_and(|f| e.value.equals(&f.value)))
            }
            (Value::Set(a), Value::Set(b)) => std::rc::Rc::ptr_eq(a, b) || *a.borrow() == *b.borrow(),
            (Value::Object(a), Value::Object(b)) => a.equals(b).unwrap_or(false),
            (Value::Type(a), Value::Type(b)) => a.is(b),
            (Value::Signature(a), Value::Signature(b)) => std::rc::Rc::ptr_eq(a, b),
            (Value::Native(a), Value::Native(b)) => {
                std::ptr::addr_eq(&raw const **a, &raw const **b) || a.equals(&**b)
            }
            _ if self.is_number() && other.is_number() => numbers_equal(self, other),
            _ => false,
        }
    }
}

fn all_equal(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.equals(y))
}

fn numbers_equal(a: &Value, b: &Value) -> bool {
    match (a.as_i64(), b.as_i64(), a, b) {
        (Some(x), Some(y), ..) => x == y,
        (_, _, Value::Float(x), Value::Float(y)) => x == y,
        (_, _, Value::Float(x), other) | (_, _, other, Value::Float(x)) => {
            x.fract() == 0.0
                && other.as_bigint().is_some_and(|n| {
                    num_bigint::BigInt::from(*x as i128) == n
                        || n.to_f64().is_some_and(|y| y == *x && x.abs() > 1e30)
                })
        }
        _ => a.as_bigint() == b.as_bigint(),
    }
}
