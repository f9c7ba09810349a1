//! Runs the network: one window at a time on one thread each, as many at once as there are free threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value};

use crate::error::{Error, Result};

/// What goes into the network for one window.
#[derive(Clone, Debug, Default)]
pub struct Window {
    pub pieces: Vec<i32>,
    pub features: Vec<i32>,
    /// Index of each word's first piece.
    pub words: Vec<i32>,
}

/// The network's scores for one window of `words` words.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    pub words: usize,
    /// `[word, width]`
    pub tags: Vec<f32>,
    /// `[word, head]`
    pub arcs: Vec<f32>,
    /// `[role, predicate, argument]`
    pub roles: Vec<f32>,
    /// `[which, word, target]`
    pub pointers: Vec<f32>,
    /// `[word, 2 * size]`
    pub coref: Vec<f32>,
}

pub struct Network {
    model: rten::Model,
    inputs: [NodeId; 4],
    outputs: [NodeId; 5],
    /// Pools of one thread that no caller uses now. One window is small: a second thread for it costs more than it
    /// gives, while two windows on two threads take half the time.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
    freed: Condvar,
}

impl Network {
    /// Loads the weights, to run on at most `threads` threads at a time, over all callers.
    pub fn of(onnx: &'static [u8], threads: usize) -> Result<Network> {
        let wrong = |e: &dyn std::fmt::Display| Error::Model(e.to_string());
        let model =
            ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(onnx).map_err(|e| wrong(&e))?;
        let node = |name| model.node_id(name).map_err(|e| wrong(&e));
        Ok(Network {
            inputs: [node("pieces")?, node("features")?, node("mask")?, node("words")?],
            outputs: [node("tags")?, node("arcs")?, node("roles")?, node("pointers")?, node("coref")?],
            model,
            idle: Mutex::new((0..threads.max(1)).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect()),
            freed: Condvar::new(),
        })
    }

    /// Runs every window and hands its scores to `read`; the results stand in the order of the windows.
    ///
    /// Waits for a free thread if all are taken, and takes as many as are free. Which thread reads what does not change
    /// the scores.
    pub fn each<T: Send>(&self, windows: &[Window], read: impl Fn(usize, Scores) -> T + Sync) -> Vec<T> {
        let pools = self.take(windows.len());
        let next = AtomicUsize::new(0);
        let work = |pool: &Arc<ThreadPool>| {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(window) = windows.get(at) else { return done };
                // The shapes are right by construction; should the network refuse them, the window stays unread.
                let scores = self.run(window, pool.clone()).unwrap_or_default();
                done.push((at, read(at, scores)));
            }
        };
        // A thread of its own, because the caller may belong to a pool that would start other work while it waits.
        let ended: Vec<std::thread::Result<_>> = std::thread::scope(|s| {
            let running: Vec<_> = pools.iter().map(|pool| s.spawn(move || work(pool))).collect();
            running.into_iter().map(|r| r.join()).collect()
        });
        self.give_back(pools);
        // A window that is lost to a panic must not pass for one that was read.
        let mut done = Vec::with_capacity(windows.len());
        for part in ended {
            done.extend(part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, t)| t).collect()
    }

    /// Runs one window.
    fn run(&self, window: &Window, pool: Arc<ThreadPool>) -> Result<Scores> {
        let wrong = |e: &dyn std::fmt::Display| Error::Model(e.to_string());
        let row = |values: &[i32]| Value::from_shape([1, values.len()], values.to_vec()).map_err(|e| wrong(&e));
        let values =
            [row(&window.pieces)?, row(&window.features)?, row(&vec![1; window.pieces.len()])?, row(&window.words)?];
        let inputs = self.inputs.into_iter().zip(values).map(|(id, v)| (id, v.into())).collect();
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let [tags, arcs, roles, pointers, coref] =
            self.model.run_n(inputs, self.outputs, Some(options)).map_err(|e| wrong(&e))?;
        let flat3 = |v: Value| v.into_shape_vec::<f32, 3>().map(|(_, v)| v).map_err(|e| wrong(&e));
        let flat4 = |v: Value| v.into_shape_vec::<f32, 4>().map(|(_, v)| v).map_err(|e| wrong(&e));
        Ok(Scores {
            words: window.words.len(),
            tags: flat3(tags)?,
            arcs: flat3(arcs)?,
            roles: flat4(roles)?,
            pointers: flat4(pointers)?,
            coref: flat3(coref)?,
        })
    }

    /// Takes at most `most` free pools, at least one.
    fn take(&self, most: usize) -> Vec<Arc<ThreadPool>> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        while idle.is_empty() {
            idle = self.freed.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
        let rest = idle.len().saturating_sub(most.max(1));
        idle.split_off(rest)
    }

    fn give_back(&self, pools: Vec<Arc<ThreadPool>>) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).extend(pools);
        self.freed.notify_all();
    }
}

impl Scores {
    /// Whether the network gave what `width` tag scores, `roles` roles and projections of `size` take.
    pub fn fit(&self, width: usize, roles: usize, size: usize) -> bool {
        let n = self.words;
        n > 0
            && self.tags.len() == n * width
            && self.arcs.len() == n * n
            && self.roles.len() == roles * n * n
            && self.pointers.len() == 3 * n * n
            && self.coref.len() == 2 * size * n
    }
}
