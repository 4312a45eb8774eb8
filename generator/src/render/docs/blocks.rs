//! Writes the blocks of a description as lines of Markdown.
//!
//! Quotes and list items are containers: each adds a prefix to its lines. Nothing recurses. Containers that are nested too
//! deeply are left out, and their content is written at the deepest level that is kept.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::characters::clean;
use super::code_text::fence;
use super::inline::Inline;
use super::part::{Mark, is_absolute};
use super::table::Table;

/// The width of the text after `/// `, including the prefixes of containers.
const WIDTH: usize = 96;
/// The least width of the text, however long the prefixes are.
const LEAST_WIDTH: usize = 40;
/// The largest depth of nested containers. Deeper ones are left out.
const DEPTH: usize = 8;
/// The highest level of a heading. The levels above it are for the sections of the item itself.
const HEADING: usize = 3;

/// Returns the lines of the blocks.
pub(super) fn write(events: Vec<Event<'_>>) -> Vec<String> {
    let highest = events.iter().filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
        _ => None,
    });
    let lower = HEADING.saturating_sub(highest.min().unwrap_or(HEADING));
    let mut writer = Writer { lower, ..Writer::default() };
    for event in events {
        writer.event(event);
    }
    writer.paragraph();
    writer.lines
}

/// A link whose end has not been reached.
enum Link {
    To(String),
    Image(String),
    /// Brackets that are text: the part of the line after the opening bracket, and the text that closes them.
    Brackets(usize, String),
    /// `[text][name]`, of which only the text is written.
    Name,
}

enum Container {
    Quote { begun: bool },
    Item { marker: String, begun: bool },
}

impl Container {
    fn begun(&self) -> bool {
        let (Container::Quote { begun } | Container::Item { begun, .. }) = self;
        *begun
    }
}

struct List {
    /// The number of the next item of an ordered list.
    number: Option<u64>,
    mark: char,
    loose: bool,
    items: usize,
    /// True if the list is nested too deeply to be a container.
    flat: bool,
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    containers: Vec<Container>,
    lists: Vec<List>,
    inline: Inline,
    /// The number of open containers that were left out.
    left_out: usize,
    heading: Option<usize>,
    /// The info string and the text of an open code block.
    code: Option<(String, String)>,
    table: Option<Table>,
    links: Vec<Link>,
    lower: usize,
    /// True if the last line belongs to a paragraph, which the next line would continue.
    after_paragraph: bool,
    /// The depth and the mark of the list that has just ended. A list right after it needs another mark.
    ended: Option<(usize, char)>,
}

fn is_undefined(kind: LinkType) -> bool {
    matches!(kind, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown)
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) if self.code.is_some() => {
                if let Some((_, code)) = &mut self.code {
                    code.push_str(&text);
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.inline.text(&text),
            Event::Code(code) => self.inline.code(&code),
            Event::SoftBreak => self.inline.text(" "),
            Event::HardBreak if self.heading.is_some() || self.table.is_some() => self.inline.text(" "),
            Event::HardBreak => self.inline.line_break(),
            Event::TaskListMarker(done) => {
                self.inline.verbatim(if done { "[x]" } else { "[ ]" });
                self.inline.text(" ");
            }
            Event::Rule => {
                self.paragraph();
                self.block(&[if self.containers.is_empty() { "---" } else { "___" }.to_owned()], false);
            }
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // These extensions are not enabled.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.open(Mark::Emphasis, true),
            Tag::Strong => self.inline.open(Mark::Strong, true),
            Tag::Strikethrough => self.inline.open(Mark::Strike, true),
            Tag::Link { link_type, dest_url, id, .. } => self.start_link(link_type, &dest_url, &id),
            Tag::Image { link_type, dest_url, id, .. } => {
                if is_undefined(link_type) {
                    self.inline.text("!");
                    self.start_link(link_type, "", &id);
                } else {
                    // An image is written as its text, or as a link if it has no text.
                    self.inline.open(Mark::Link, is_absolute(&dest_url));
                    self.links.push(Link::Image(dest_url.into_string()));
                }
            }
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.heading = Some(level_of(level, self.lower));
            }
            Tag::CodeBlock(kind) => {
                self.paragraph();
                let info =
                    if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { String::new() };
                self.code = Some((info, String::new()));
            }
            Tag::BlockQuote(_) => self.enter(Container::Quote { begun: false }),
            Tag::List(number) => self.start_list(number),
            Tag::Item => self.start_item(),
            Tag::Paragraph => {
                self.paragraph();
                if let (Some(Container::Item { .. }), Some(list)) =
                    (self.containers.last(), self.lists.last_mut())
                {
                    list.loose = true;
                }
            }
            Tag::Table(alignments) => {
                self.paragraph();
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            _ => self.paragraph(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline.close(""),
            TagEnd::Link | TagEnd::Image => match self.links.pop() {
                Some(Link::To(target)) => self.inline.close(&target),
                Some(Link::Image(target)) => self.inline.close_image(&target),
                Some(Link::Brackets(at, rest)) => self.inline.close_brackets(at, &rest),
                Some(Link::Name) | None => {}
            },
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) => self.leave(),
            TagEnd::List(_) => {
                self.paragraph();
                if let Some(list) = self.lists.pop().filter(|list| list.items > 0) {
                    self.ended = Some((self.containers.len(), list.mark));
                }
            }
            TagEnd::Item => {
                self.paragraph();
                let begun = self.containers.last().is_some_and(Container::begun);
                self.leave();
                if let Some(list) = self.lists.last_mut().filter(|list| begun && !list.flat) {
                    list.items += 1;
                    list.number = list.number.map(|number| number + 1);
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline).words(true);
                if let Some(table) = &mut self.table {
                    table.cell(&cell);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(&table.lines(WIDTH), false);
                }
            }
            _ => {
                if self.table.is_none() {
                    self.paragraph();
                }
            }
        }
    }

    fn start_link(&mut self, kind: LinkType, target: &str, label: &str) {
        if !is_undefined(kind) {
            let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
            self.inline.open(Mark::Link, is_absolute(&target));
            self.links.push(Link::To(target));
            return;
        }
        let label = clean(label);
        // Comments of protobuf have `[Code][google.rpc.Code]`; `[A-Z][a-z.]` and `rows[i][j]` are text.
        let is_path = label.contains('.') && label.chars().all(|c| c.is_alphanumeric() || "._".contains(c));
        if kind != LinkType::ShortcutUnknown && is_path && !self.inline.ends_with_word() {
            self.links.push(Link::Name);
            return;
        }
        let rest = match kind {
            LinkType::ShortcutUnknown => "]".to_owned(),
            LinkType::CollapsedUnknown => "][]".to_owned(),
            _ => format!("][{label}]"),
        };
        self.inline.text("[");
        self.links.push(Link::Brackets(self.inline.len(), rest));
    }

    fn start_list(&mut self, number: Option<u64>) {
        self.paragraph();
        let twin = |mark| self.ended == Some((self.containers.len(), mark));
        let mark = match number {
            Some(_) if twin('.') => ')',
            Some(_) => '.',
            None if twin('-') => '*',
            None => '-',
        };
        self.lists.push(List { number, mark, loose: false, items: 0, flat: false });
    }

    fn start_item(&mut self) {
        let Some(list) = self.lists.last_mut() else { return };
        let marker = match list.number {
            // A number with more digits would not begin a list.
            Some(number) => format!("{}{} ", number % 1_000_000_000, list.mark),
            None => format!("{} ", list.mark),
        };
        list.flat = self.containers.len() >= DEPTH;
        self.enter(Container::Item { marker, begun: false });
    }

    fn enter(&mut self, container: Container) {
        self.paragraph();
        if self.containers.len() < DEPTH {
            self.containers.push(container);
        } else {
            self.left_out += 1;
        }
    }

    fn leave(&mut self) {
        self.paragraph();
        if self.left_out > 0 {
            self.left_out -= 1;
        } else {
            self.containers.pop();
        }
    }

    /// Writes the collected text as a paragraph, unless it is blank.
    fn paragraph(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        if inline.is_blank() {
            return;
        }
        let prefix: usize = self.containers.iter().map(|container| prefix(container).len()).sum();
        let lines = inline.words(false).wrap(WIDTH.saturating_sub(prefix).max(LEAST_WIDTH));
        self.block(&lines, true);
    }

    fn end_heading(&mut self) {
        let level = self.heading.take().unwrap_or(HEADING);
        let mut text = std::mem::take(&mut self.inline).words(false).join();
        // Markdown would drop a run of `#` at the end.
        let bare = text.trim_end_matches('#').len();
        if bare < text.len() && (bare == 0 || text[..bare].ends_with(' ')) {
            text.insert(bare, '\\');
        }
        if !text.is_empty() {
            self.block(&[format!("{} {text}", "#".repeat(level))], false);
        }
    }

    fn end_code(&mut self) {
        if let Some((info, code)) = self.code.take() {
            self.block(&fence(&info, &code), false);
        }
    }

    /// Writes a block, with a blank line before it if needed.
    fn block(&mut self, lines: &[String], is_paragraph: bool) {
        if lines.is_empty() {
            return;
        }
        let begun = self.containers.iter().take_while(|container| container.begun()).count();
        if !self.lines.is_empty() && self.is_apart(begun, is_paragraph) {
            let blank: String = self.containers[..begun].iter().map(prefix).collect();
            self.lines.push(blank.trim_end().to_owned());
        }
        for line in lines {
            let mut whole = String::new();
            for container in &mut self.containers {
                match &*container {
                    Container::Item { marker, begun: false } => whole.push_str(marker),
                    other => whole.push_str(&prefix(other)),
                }
                let (Container::Quote { begun } | Container::Item { begun, .. }) = container;
                *begun = true;
            }
            whole.push_str(line);
            whole.truncate(whole.trim_end().len());
            self.lines.push(whole);
        }
        self.after_paragraph = is_paragraph;
        self.ended = None;
    }

    /// Returns true if a blank line precedes a block that is in the containers `..begun` and begins the others.
    fn is_apart(&self, begun: usize, is_paragraph: bool) -> bool {
        let list_of = |at: usize| {
            let items =
                self.containers[..=at].iter().filter(|container| matches!(container, Container::Item { .. }));
            self.lists.get(items.count() - 1)
        };
        if let Some(Container::Item { marker, .. }) = self.containers.get(begun) {
            match list_of(begun) {
                Some(list) if list.items > 0 => return list.loose,
                // A list with such a marker cannot interrupt a paragraph.
                _ if self.after_paragraph && !marker.starts_with(['-', '*']) && !marker.starts_with("1.") => {
                    return true;
                }
                _ => {}
            }
        }
        if self.after_paragraph && is_paragraph && begun == self.containers.len() {
            return true;
        }
        match begun.checked_sub(1).map(|at| (at, &self.containers[at])) {
            Some((at, Container::Item { .. })) => list_of(at).is_none_or(|list| list.loose),
            _ => true,
        }
    }
}

fn level_of(level: HeadingLevel, lower: usize) -> usize {
    (level as usize + lower).min(6)
}

/// Returns the prefix of a line that continues the container.
fn prefix(container: &Container) -> String {
    match container {
        Container::Quote { .. } => "> ".to_owned(),
        Container::Item { marker, .. } => " ".repeat(marker.len()),
    }
}
