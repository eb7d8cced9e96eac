use super::*;

fn rewritten(source: &str) -> String {
    containers(Written::slice(source, 0..source.len())).text
}

#[test]
fn callouts_of_mkdocs_are_indented() {
    assert_eq!(
        rewritten("a\n\n!!! note \"Look *here*\"\n    Text\n\n        code\nafter"),
        "a\n\n> [!note] Look *here*\n> Text\n>\n>     code\n\nafter"
    );
    assert_eq!(
        rewritten("??? warning\n\n    Text\n\nafter"),
        "> [!warning]\n>\n> Text\n>\n\nafter"
    );
    assert_eq!(rewritten("!!! tip inline end \"T\"\n    x\n"), "> [!tip] T\n> x\n");
}

#[test]
fn callouts_stay_in_their_list_and_in_one_another() {
    assert_eq!(
        rewritten("1. step\n\n    !!! note\n        Text\n\n    more\n"),
        "1. step\n\n    > [!note]\n    > Text\n    >\n\n    more\n"
    );
    assert_eq!(
        rewritten("!!! note\n    a\n\n    !!! tip\n        b\n\n    c\n"),
        "> [!note]\n> a\n>\n> > [!tip]\n> > b\n> >\n>\n> c\n"
    );
    assert_eq!(
        rewritten("::::note\na\n:::tip\nb\n:::\nc\n::::\n"),
        "> [!note]\n> a\n>\n> > [!tip]\n> > b\n>\n> c\n\n"
    );
}

#[test]
fn callouts_between_colons_end_with_them() {
    assert_eq!(rewritten(":::tip[Own title]\nText\n:::\nb"), "> [!tip] Own title\n> Text\n\nb");
    assert_eq!(
        rewritten("::: {.note}\n```\n:::\n```\n:::\n"),
        "> [!note]\n> ```\n> :::\n> ```\n\n"
    );
    assert_eq!(rewritten(":::note\nopen"), "> [!note]\n> open");
    assert_eq!(
        rewritten("::: {.callout-tip title=\"Own\"}\nx\n:::\n/// note | T\ny\n///\n"),
        "> [!tip] Own\n> x\n\n> [!note] T\n> y\n\n"
    );
    assert_eq!(rewritten(":::{warning} T\nx\n:::\n"), "> [!warning] T\n> x\n\n");
    assert_eq!(rewritten("```{tip} T\nx\n```\n"), "> [!tip] T\n> x\n\n");
    assert_eq!(rewritten("a\n\n::callout{type=\"tip\"}\nx\n::\n"), "a\n\n> [!tip]\n> x\n\n");
}

#[test]
fn tabs_are_titles_with_text() {
    assert_eq!(
        rewritten("=== \"One\"\n\n    Text\n\n    ```\n    code\n    ```\n\n=== \"Two\"\n    x\n"),
        "**One**\n\n\nText\n\n```\ncode\n```\n\n**Two**\n\nx\n"
    );
    assert_eq!(rewritten("::: code-group\n```js\na\n```\n:::\nb"), "```js\na\n```\n\nb");
    assert_eq!(rewritten("a\n:::row\ntext\n:::"), "a\n\ntext\n\n");
}

#[test]
fn components_are_what_they_say() {
    assert_eq!(
        rewritten(
            "<Tabs\n  groupId=\"os\"\n  values={[\n    {a: '>'}\n  ]}\n>\n  <TabItem label=\"Mac\">\n\n    Text\n\n      - b\n  </TabItem>\n</Tabs>\nafter\n"
        ),
        "**Mac**\n\n\nText\n\n  - b\n\nafter\n"
    );
    assert_eq!(rewritten("<Note>\nx\n</Note>\n"), "> [!note]\n> x\n\n");
    assert_eq!(
        rewritten("<Aside type=\"caution\" title=\"T\">\nx\n</Aside>\n"),
        "> [!caution] T\n> x\n\n"
    );
    assert_eq!(rewritten("<LinkCard title=\"A\" href=\"/b\" />\nx"), "[A](</b>)\n\nx");
    assert_eq!(rewritten("<Tab title=\"A\">x *y*</Tab>\nz"), "**A**\n\nx *y*\n\nz");
    assert_eq!(rewritten("<Image src=\"a.png\" alt=\"A\" />\n"), "![A](<a.png>)\n\n");
}

#[test]
fn tags_of_templates() {
    assert_eq!(rewritten("{{% note %}}\nx\n{{% /note %}}\ny"), "> [!note]\n> x\n\ny");
    assert_eq!(
        rewritten("{{< tabs >}}\n{{< tab \"A\" >}}\nx\n{{< /tab >}}\n{{< /tabs >}}\n"),
        "**A**\n\nx\n\n"
    );
    assert_eq!(
        rewritten("{% highlight ruby %}\n!!! note\n{% endhighlight %}\n"),
        "```ruby\n!!! note\n```\n\n"
    );
    assert_eq!(rewritten("{% hint style=\"info\" %}\nx\n{% endhint %}\n"), "> [!info]\n> x\n\n");
    assert_eq!(rewritten("{{< figure src=\"a.png\" caption=\"C\" >}}\n"), "![C](<a.png>)\n\n");
}

#[test]
fn other_text_stays() {
    for source in [
        "a ::: b",
        "```\n!!! note\n    x\n```",
        "Stop!!! now",
        "!!! Don't do this\n",
        ":::",
        "::before\n",
        ":::row\ntext",
        "Title\n=== \n",
        "<T> is a type\n",
        "<Open>\ntext\n",
        "{{< youtube abc >}}\n",
        "/// A comment.\n",
        "~~~\n<Note>\n</Note>\n~~~\n",
        "{{ x }}\n{% include a.html %}\n",
    ] {
        assert_eq!(rewritten(source), source);
    }
}

#[test]
fn the_text_knows_its_place() {
    let source = "!!! note\n    see [l](m)\n";
    let out = containers(Written::slice(source, 0..source.len()));
    assert_eq!(out.source(out.text.find("[l]").unwrap()), source.find("[l]").unwrap());
}

#[test]
fn no_depth_is_too_deep() {
    let source = ":::note\n".repeat(1000) + "x\n";
    assert!(rewritten(&source).lines().all(|line| line.len() < 100));
}

proptest::proptest! {
    #[test]
    fn no_word_is_lost(source in "(!!! note\n|    |=== \"T\"\n|:::|note|\n|word |```|</?Note>|\\{%|%\\}| |\\{\\{<|>\\}\\}|x=\"){0,40}") {
        let words = |text: &str| text.matches("word").count();
        let out = rewritten(&source);
        // Words in what opens a container are its title or its arguments.
        let opening = |line: &&str| !line.contains(['<', '{', '=', ':', '!', '`']);
        let bare: String = source.lines().filter(opening).collect::<Vec<_>>().join("\n");
        proptest::prop_assert!(words(&out) >= words(&bare), "{source:?} {out:?}");
    }
}
