//! The state of a comparison: the pairs of types that are compared, and the differences that were found.
//!
//! Each pair of named types is compared once for each direction, from a queue, whatever refers to it. Imports `ir` and
//! `diagnostics`.

use std::collections::{HashMap, VecDeque};

use super::place::Place;
use super::{WireChangeKind, WireDirection, WireSeverity};
use crate::diagnostics::Pointer;
use crate::ir::{Api, Type};

/// Something that differences belong to: a part of an operation, or a pair of named types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node(usize);

/// A type of the old document and its counterpart, in messages of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a Type,
    pub(super) new: &'a Type,
    pub(super) direction: WireDirection,
}

/// A pair that has to be compared.
#[derive(Clone, Debug)]
pub(super) struct Task<'a> {
    pub(super) node: Node,
    pub(super) pair: Pair<'a>,
    pub(super) place: Place,
}

/// A difference.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) node: Node,
    pub(super) kind: WireChangeKind,
    pub(super) severity: WireSeverity,
    pub(super) direction: WireDirection,
    pub(super) message: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
}

/// The pairs and differences so far.
pub(super) struct Comparison<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
    known: HashMap<Pair<'a>, Node>,
    queue: VecDeque<Task<'a>>,
    nodes: usize,
    /// The nodes that refer to each other: the outer one first.
    pub(super) edges: Vec<(Node, Node)>,
    pub(super) findings: Vec<Finding>,
}

impl Node {
    pub(super) fn index(self) -> usize {
        self.0
    }
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        Self {
            old,
            new,
            known: HashMap::new(),
            queue: VecDeque::new(),
            nodes: 0,
            edges: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// Adds a node.
    pub(super) fn add_node(&mut self) -> Node {
        self.nodes += 1;
        Node(self.nodes - 1)
    }

    /// Returns the number of nodes.
    pub(super) fn node_count(&self) -> usize {
        self.nodes
    }

    /// Queues a pair of types that a node refers to. Named types have a node of their own.
    pub(super) fn visit(&mut self, node: Node, pair: Pair<'a>, place: Place) {
        let is_named = |ty: &Type| matches!(ty, Type::Named(_));
        if !is_named(pair.old) && !is_named(pair.new) {
            self.queue.push_back(Task { node, pair, place });
            return;
        }
        if let Some(known) = self.known.get(&pair) {
            self.edges.push((node, *known));
            return;
        }
        let inner = self.add_node();
        self.known.insert(pair, inner);
        self.edges.push((node, inner));
        self.queue.push_back(Task { node: inner, pair, place });
    }

    /// Returns the next pair of the queue.
    pub(super) fn next(&mut self) -> Option<Task<'a>> {
        self.queue.pop_front()
    }

    /// Adds a difference at a place of both documents.
    pub(super) fn report(
        &mut self,
        (node, direction): (Node, WireDirection),
        (kind, severity): (WireChangeKind, WireSeverity),
        place: &Place,
        message: String,
    ) {
        self.findings.push(Finding {
            node,
            kind,
            severity,
            direction,
            message,
            old: Some(place.old.clone()),
            new: Some(place.new.clone()),
        });
    }
}
