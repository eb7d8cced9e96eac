//! What of a page is content.

use super::super::content::Left;
use super::super::{Page, html};
use super::{all, codes, markdown, read, text, titles};
use crate::import::{Naming, Split};

#[test]
fn content_is_main_then_the_longest_article_then_all() {
    let main = "<body><p>out<main><p>in</main><article><p>a longer article</article>";
    assert_eq!(markdown(main), "in");
    let article = "<p>out<article><p>short</article><article><p>the longer one</article>";
    assert_eq!(markdown(article), "the longer one");
    assert_eq!(markdown("<p>out<div role=main><p>in</div>"), "in");
    assert_eq!(markdown("<p>a<div><p>b</div>"), "a\n\nb");
}

#[test]
fn what_serves_to_get_around_is_left_out() {
    let page = "<nav>n</nav><aside>a</aside><div class='x sidebar'>s</div><ul class=breadcrumbs><li>b</ul>\
        <div role=navigation>r</div><form>f</form><footer>f</footer><div class='cookie'>c</div>\
        <div class=left-menu><a href=x>m</a></div><select><option>o</select><button>b</button><p>text";
    assert_eq!(markdown(page), "text");
    let kept = "<p id=menu>one<p class=has-sidebar>two<h2 class=toc>three</h2><div class=menu-card>four</div>\
        <div class=sidebar><h1>five</h1></div><blockquote>six<footer>seven</footer></blockquote>\
        <aside class=footnote>eight</aside><form><h2>nine</h2><p>ten</form>";
    let (briefing, _) = read(kept);
    let all = all(&briefing);
    for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"] {
        assert!(all.contains(word), "{word}: {all}");
    }
    assert_eq!(markdown("<nav><a href=a.html>only</a></nav>"), "[only](a.html)");
}

#[test]
fn hidden_text_is_left_out_and_told() {
    let (briefing, found) = read(
        "<p>seen<p style='color:red; DISPLAY : none !important'>one two<p hidden>three<p aria-hidden=true>¶",
    );
    assert_eq!(text(&briefing, 0), "seen");
    assert_eq!(codes(&found), ["hidden-text"]);
    assert_eq!(found[0].message.as_str(), "3 hidden words left out: `one two … three`");
    assert_eq!(found[0].span.unwrap().start, 7);
}

#[test]
fn programs_and_styles_never_show_and_redirects_are_told() {
    let (briefing, found) = read(
        "<head><meta http-equiv=refresh content='0;url=x'><base href=//e.example><style>p{}</style></head>\
         <body onload=x()><script>document.write('<p>x')</script><template>t</template><!-- c --><p>text",
    );
    assert_eq!(text(&briefing, 0), "text");
    assert_eq!(codes(&found), ["redirect", "redirect"]);
    assert_eq!(found[0].file.as_deref(), Some(std::path::Path::new("page.html")));
    assert!(codes(&read("<p>a&#27;[2J &#x202e;b").1).contains(&"hidden-characters"));
}

#[test]
fn signs_for_copying_an_address_are_no_text() {
    let page = "<h1>T<a href='#t'>¶</a></h1><p>a <a href='#b'>§</a><h2>B <a class=headerlink href='#b'>link</a></h2>y";
    let (briefing, _) = html(page.as_bytes(), "p.html", Naming::Alone, Split::Auto);
    assert_eq!(titles(&briefing), ["0T", "1B"]);
    assert_eq!(text(&briefing, 0), "a");
    let formula = "<p>a <span style='display:none'><math alttext=x></math></span><img aria-hidden=true alt='{\\displaystyle E=m}' src=e.svg>";
    assert_eq!(markdown(formula), "a E=m");
}

#[test]
fn left_out_is_known_for_each_node() {
    let page = Page::read("<p>a<nav>b</nav><p hidden>c", "p.html", false);
    let left: Vec<_> = page.content.left.iter().flatten().collect();
    assert_eq!(left, [&Left::Chrome, &Left::Hidden]);
}

#[test]
fn a_sidebar_among_paragraphs_belongs_to_the_text() {
    let page = "<h1>T</h1><div class=section><p>a<div class=sidebar><h4>Caution</h4><p>b <a href=x>c</a></div><p>d</div>\
        <div class=sidebar><p>Ours since 1998</div>";
    let all = all(&read(page).0);
    assert!(all.contains("Caution") && all.contains('b') && !all.contains("1998"), "{all}");
    let menu = "<div><p>a<div class=sidebar><a href=x>menu</a></div></div>";
    assert_eq!(markdown(menu), "a");
}

#[test]
fn a_table_of_contents_that_leads_to_other_pages_stays() {
    let toc = |first: &str| {
        format!(
            "<div class=book><h1>T</h1><p>intro<div class=toc><a href={first}>A</a> <a href=b.html>B</a></div></div>"
        )
    };
    assert_eq!(markdown(&toc("a.html")), "intro\n\n[A](a.html) [B](b.html)");
    // One that leads about the page itself, and one beside the page, only help to get around.
    assert_eq!(markdown(&toc("#a")), "intro");
    let beside = "<body><h1>T</h1><p>intro<div class=toc><a href=a.html>A</a></div></body>";
    assert_eq!(markdown(beside), "intro");
}

#[test]
fn rows_of_links_above_the_heading_are_left_out() {
    let page = "<p><a href=/>Home</a> | <a href=/news>News</a><ul><li><a href=a>A</a><li><a href=b>B</a></ul>\
        <p>Draft 3, <a href=x>older</a><p><a href=y>One</a><h1>T</h1><p><a href=c>C</a> <a href=d>D</a>";
    let all = all(&read(page).0);
    assert!(!all.contains("Home") && !all.contains("[A]"), "{all}");
    for kept in ["Draft 3", "[One](y)", "[C](c) [D](d)"] {
        assert!(all.contains(kept), "{kept}: {all}");
    }
    let own = "<p><a href='#a'>A</a> <a href='#b'>B</a><h1>T</h1>x";
    assert!(self::all(&read(own).0).contains("[A](#a)"));
}

#[test]
fn lines_that_lead_to_the_pages_around_are_left_out() {
    let line = "<p>Next: <a href='b.html' accesskey=n rel=next>B</a>, Up: <a href=i.html rel=up>I</a> &nbsp; \
        [<a href='#toc' rel=contents>Contents</a>]</p>";
    assert_eq!(markdown(&format!("<div>{line}</div><p>x{line}")), "x");
    let text = "<p>Read <a rel=next href=b>the next part</a> before you go on with what is said of <a href=c>it</a>";
    assert!(markdown(text).contains("the next part"));
}

#[test]
fn the_name_of_the_site_is_no_heading_of_the_page() {
    let page =
        "<title>Buffer | The Docs</title><h1>The docs</h1><h2>Buffer<a href='#b'>#</a></h2><p>x";
    let (briefing, _) = read(page);
    assert_eq!(
        (briefing.title.as_str(), titles(&briefing)),
        ("Buffer", vec!["0Buffer".to_owned()])
    );
    for home in ["/", "../index.html", "https://a.example/"] {
        let page = format!("<h1><a href={home}>My Site</a></h1><h2>Post</h2><p>x");
        assert_eq!(titles(&read(&page).0), ["0Post"], "{home}");
    }
    let other = "<h1><a href=paper.html>Paper</a></h1><h2>Post</h2><p>x";
    assert_eq!(read(other).0.title.as_str(), "Paper");
}
