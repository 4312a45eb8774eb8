//! The operations that a difference affects: those that reach the pair of types that it belongs to.
//!
//! Imports nothing.

use petgraph::graph::{DiGraph, NodeIndex};

use super::comparison::{Comparison, Node};
use super::operations::OperationNodes;

/// For each node, the operations that reach it.
pub(super) struct Reach {
    /// By operations, in words of 64 bits for each node.
    words: usize,
    all: Vec<u64>,
    /// The same by successful responses and requests only.
    main: Vec<u64>,
}

impl Reach {
    /// Spreads the operations along the edges, one strongly connected set after another.
    pub(super) fn of(comparison: &Comparison<'_>, operations: &[OperationNodes]) -> Self {
        let count = comparison.node_count();
        let words = operations.len().div_ceil(64);
        let mut reach = Self { words, all: vec![0; words * count], main: vec![0; words * count] };
        for (position, operation) in operations.iter().enumerate() {
            let (word, bit) = (position / 64, 1 << (position % 64));
            let (main, extras) = (operation.nodes.successes.index(), operation.nodes.extras.index());
            reach.all[main * words + word] |= bit;
            reach.main[main * words + word] |= bit;
            reach.all[extras * words + word] |= bit;
        }
        let mut graph: DiGraph<(), (), usize> = DiGraph::with_capacity(count, comparison.edges.len());
        (0..count).for_each(|_| {
            graph.add_node(());
        });
        for (outer, inner) in &comparison.edges {
            graph.add_edge(NodeIndex::new(outer.index()), NodeIndex::new(inner.index()), ());
        }
        // Unlike `tarjan_scc`, this function does not recurse. Sets come after those that they refer to.
        for set in petgraph::algo::kosaraju_scc(&graph).iter().rev() {
            reach.unite(set);
            for node in set {
                for inner in graph.neighbors(*node) {
                    reach.spread(node.index(), inner.index());
                }
            }
        }
        reach
    }

    /// Gives all operations of a set to each of its nodes.
    fn unite(&mut self, set: &[NodeIndex<usize>]) {
        let Some((first, rest)) = set.split_first() else { return };
        rest.iter().for_each(|node| self.spread(node.index(), first.index()));
        rest.iter().for_each(|node| self.spread(first.index(), node.index()));
    }

    fn spread(&mut self, from: usize, to: usize) {
        for word in 0..self.words {
            self.all[to * self.words + word] |= self.all[from * self.words + word];
            self.main[to * self.words + word] |= self.main[from * self.words + word];
        }
    }

    /// Returns the positions of the operations that reach a node.
    pub(super) fn operations(&self, node: Node) -> impl Iterator<Item = usize> + '_ {
        let words = &self.all[node.index() * self.words..][..self.words];
        words.iter().enumerate().flat_map(|(position, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| position * 64 + bit)
        })
    }

    /// Returns true if callers only see the values of a node on demand, such as error bodies.
    pub(super) fn is_extra(&self, node: Node) -> bool {
        self.main[node.index() * self.words..][..self.words].iter().all(|word| *word == 0)
    }
}
