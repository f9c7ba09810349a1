//! Logistic regression by Newton's method: a few thousand rows, a few features, coefficients that people can read.
#![allow(clippy::needless_range_loop, reason = "matrices are read by row and column")]

/// One example: what was measured, what it is, how much it counts.
pub struct Example {
    pub features: Vec<f32>,
    pub positive: bool,
    pub weight: f32,
}

/// The intercept, then one coefficient a feature. `ridge` holds coefficients near 0 (not the intercept).
pub fn logistic(examples: &[Example], ridge: f64) -> Vec<f64> {
    let n = examples.first().map_or(0, |e| e.features.len()) + 1;
    let mut beta = vec![0.0; n];
    for _ in 0..25 {
        let mut gradient: Vec<f64> = beta.iter().map(|b| -ridge * b).collect();
        gradient[0] = 0.0;
        let mut hessian = vec![vec![0.0; n]; n];
        for (at, row) in hessian.iter_mut().enumerate() {
            row[at] = if at == 0 { 1e-9 } else { ridge };
        }
        for example in examples {
            let x = |k: usize| if k == 0 { 1.0 } else { f64::from(example.features[k - 1]) };
            let weight = f64::from(example.weight);
            let p = 1.0 / (1.0 + (-(0..n).map(|k| beta[k] * x(k)).sum::<f64>()).exp());
            let error = (f64::from(u8::from(example.positive)) - p) * weight;
            let curve = (p * (1.0 - p)).max(1e-9) * weight;
            for a in 0..n {
                gradient[a] += error * x(a);
                for b in 0..=a {
                    hessian[a][b] += curve * x(a) * x(b);
                }
            }
        }
        for a in 0..n {
            for b in 0..a {
                hessian[b][a] = hessian[a][b];
            }
        }
        let step = solved(hessian, gradient);
        let size = step.iter().map(|s| s.abs()).fold(0.0, f64::max);
        beta.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        if size < 1e-6 {
            break;
        }
    }
    beta
}

/// The solution of a system of linear equations, by elimination.
fn solved(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    for at in 0..n {
        let best = (at..n).max_by(|a, b| m[*a][at].abs().total_cmp(&m[*b][at].abs())).unwrap_or(at);
        m.swap(at, best);
        y.swap(at, best);
        let top = m[at].clone();
        for row in at + 1..n {
            let by = m[row][at] / top[at];
            for k in at..n {
                m[row][k] -= by * top[k];
            }
            y[row] -= by * y[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|k| m[at][k] * y[k]).sum();
        y[at] = (y[at] - known) / m[at][at];
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_of_a_known_line_are_found_again() {
        let examples: Vec<Example> = (0..4000)
            .map(|n| {
                let x = (n % 40) as f32 / 10.0 - 2.0;
                let p = 1.0 / (1.0 + (-(0.5 + 2.0 * f64::from(x))).exp());
                Example { features: vec![x], positive: f64::from(n / 40) / 100.0 + 0.005 < p, weight: 1.0 }
            })
            .collect();
        let beta = logistic(&examples, 0.0);
        assert!((beta[0] - 0.5).abs() < 0.1 && (beta[1] - 2.0).abs() < 0.15, "{beta:?}");
    }
}
