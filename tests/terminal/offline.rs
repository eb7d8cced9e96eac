//! What the program asks of the system, seen by `strace`: no network, no other program, nothing read
//! outside of what was opened and the reader's own folders, nothing written.

use crate::pty::Start;
use std::path::Path;
use std::process::{Command, Stdio};

/// What every program reads to start and to ask what machine it is on.
const OF_THE_SYSTEM: [&str; 11] = [
    "/etc/ld.so.",
    "/lib",
    "/usr/lib",
    "/proc/self/",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
    "/dev/tty",
    "/dev/null",
    "/dev/urandom",
    // What time it is where the reader is.
    "/etc/localtime",
    "/usr/share/zoneinfo",
];
/// Calls that would change something on the disk.
const WRITES: [&str; 14] = [
    "creat",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "link",
    "linkat",
    "symlink",
    "truncate",
];
/// Calls that would reach other machines or programs. A pair of sockets stays within the program.
const NETWORK: [&str; 6] = ["socket", "connect", "bind", "listen", "accept", "accept4"];

fn strace() -> Option<Vec<String>> {
    let works = Command::new("strace")
        .args(["-qq", "-e", "trace=none", "true"])
        .stderr(Stdio::null())
        .status();
    if !works.is_ok_and(|status| status.success()) {
        println!("skipped: no strace, or it may not be used");
        return None;
    }
    let words = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=%network,%file,%process"];
    Some(words.map(str::to_owned).to_vec())
}

/// A book that would like to be written somewhere.
fn book() -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let container = "<container><rootfiles><rootfile full-path='E/o.opf'/></rootfiles></container>";
    let package = "<package><manifest>\
        <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='b' href='../../b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='p' href='pic.png' media-type='image/png'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='b'/></spine></package>";
    for (name, text) in [
        ("META-INF/container.xml", container),
        ("E/o.opf", package),
        ("E/a.xhtml", "<h1>Phi</h1><p>Text <img src='pic.png'/><img src='/etc/passwd'/></p>"),
        ("E/pic.png", "\u{89}PNG"),
        ("../../b.xhtml", "<h1>Beyond</h1>"),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A folder with documents that would have the reader look elsewhere.
fn documents(folder: &Path) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "opened/a.md",
        "# Alpha\n\n[up](../secret.md) [[../secret]] [pass](/etc/passwd) ![i](/etc/hostname) \
         <file:///etc/passwd> ![w](http://127.0.0.1:9/x.png) <http://127.0.0.1:9/> [b](b.html)\n",
    );
    write(
        "opened/b.html",
        "<p>Beta <img src=/etc/passwd><iframe src=\"/etc/shadow\"></iframe></p>\
         <link rel=stylesheet href=http://127.0.0.1:9/x.css><script src=/etc/group></script>",
    );
    write("opened/c.txt", "Gamma\n\nSee /etc/passwd and http://127.0.0.1:9/.\n");
    write("opened/sub/.ignore", "none\n");
    write(
        "opened/d.yaml",
        "id: d\ntitle: Delta\nsources:\n  s: {title: S, file: /etc/passwd, passages: {p: [0, 9]}}\n  \
         t: {title: T, file: ../secret.md, passages: {p: [0, 9]}}\ncards:\n  - title: D\n    \
         sections:\n      - {basis: document, from: [s#p, t#p], text: \"Words. ![p](pic.png)\"}\n",
    );
    // Pictures are named and never looked into, whatever they are.
    write(
        "opened/e.md",
        "# Epsilon\n\n![p](pic.png) ![[pic.png]] <img src=pic.png> ![far](sub/far.svg)\n",
    );
    write("opened/pic.png", "\u{89}PNG");
    write("opened/sub/far.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    std::fs::write(folder.join("opened/f.epub"), book()).unwrap();
    write("secret.md", "# Secret\n");
    write(".gitignore", "b.html\n");
    write("git/ignore", "c.txt\n");
    std::os::unix::fs::symlink("/etc", folder.join("opened/link")).unwrap();
    std::os::unix::fs::symlink(folder.join("secret.md"), folder.join("opened/l.md")).unwrap();
}

/// A call, and what it was given: the process that made it is left out.
fn calls(trace: &str) -> impl Iterator<Item = (&str, &str)> {
    trace.lines().filter_map(|line| {
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        line.split_once('(')
    })
}

/// What a trace shows that it should not; `may_write` is a file.
fn wrong(trace: &str, folders: &[&Path], may_write: Option<&Path>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut programs = 0;
    let within = |path: &str| {
        !path.starts_with('/')
            || OF_THE_SYSTEM.iter().any(|system| path.starts_with(system))
            || folders.iter().any(|folder| Path::new(path).starts_with(folder))
    };
    let beside = may_write.and_then(Path::parent).map(|path| path.display().to_string());
    for (call, given) in calls(trace) {
        let path = given.split('"').nth(1).unwrap_or_default();
        let writes = given.contains("O_WRONLY") || given.contains("O_RDWR");
        let own = beside.as_ref().is_some_and(|folder| path.starts_with(folder));
        let bad = match call {
            "execve" => {
                programs += 1;
                programs > 1
            }
            "fork" | "vfork" => true,
            "clone" | "clone3" => !given.contains("CLONE_THREAD"),
            "open" | "openat" | "openat2" => {
                let device = path.starts_with("/dev/");
                let is_picture =
                    Path::new(path).extension().is_some_and(|end| end == "png" || end == "svg");
                path.contains("..")
                    || is_picture
                    || !within(path) && !own
                    || writes && !device && !own
            }
            _ => NETWORK.contains(&call) || WRITES.contains(&call) && !own,
        };
        if bad {
            wrong.push(format!("{call}({given}"));
        }
    }
    assert_eq!(programs, 1, "the trace is that of one program:\n{trace}");
    wrong
}

#[test]
fn commands_stay_within_what_was_opened() {
    let Some(strace) = strace() else { return };
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let (opened, own) = (folder.path().join("opened"), folder.path().join("briefing"));
    std::fs::create_dir(folder.path().join("out")).unwrap();
    let output = folder.path().join("out/d.yaml");
    let (at, to) = (opened.to_str().unwrap(), output.to_str().unwrap());
    let (one, book) = (opened.join("d.yaml"), opened.join("f.epub"));
    for args in [
        vec!["show", "Alpha", at],
        vec!["show", at],
        vec!["list", at],
        vec!["check", at],
        vec!["check", "--format", "json", at],
        vec!["search", "alpha", at],
        vec!["path", "Alpha", "Beta", at],
        vec!["timeline", at],
        vec!["import", one.to_str().unwrap(), "-o", to],
        vec!["import", book.to_str().unwrap(), "-o", to, "--force"],
        vec!["show", "ecuador"],
        vec!["--help"],
    ] {
        let trace = folder.path().join("trace");
        let ran = Command::new(&strace[0])
            .args(&strace[1..])
            .arg("-o")
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_briefing"))
            .args(&args)
            .env_remove("LD_LIBRARY_PATH")
            .env("HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(ran.status.code().is_some_and(|code| code < 3), "{args:?}: {ran:?}");
        let trace = std::fs::read_to_string(trace).unwrap();
        let may_write = args.contains(&"-o").then_some(output.as_path());
        let wrong = wrong(&trace, &[&opened, &own], may_write);
        assert!(wrong.is_empty(), "{args:?}:\n{}", wrong.join("\n"));
    }
    assert!(output.exists());
}

#[test]
fn the_screen_stays_within_what_was_opened() {
    let Some(strace) = strace() else { return };
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let trace = folder.path().join("trace");
    let opened = folder.path().join("opened");
    let script = format!("exec {} -o \"$2\" \"$0\" \"$1\"", strace.join(" "));
    // A source that lies elsewhere is not opened: the reader is asked where it is.
    let briefing = opened.join("d.yaml");
    for (at, start, passage) in
        [(opened.clone(), "Alpha", "/opened/"), (briefing, "Words.", "where is /etc/passwd?")]
    {
        let mut terminal = Start {
            script: Some(&script),
            args: vec![at.to_str().unwrap(), trace.to_str().unwrap()],
            ..Start::default()
        }
        .run();
        let own = terminal.home().join("briefing");
        let kept = terminal.home().join("data/briefing");
        terminal.wait_for(start);
        terminal.wait_for("  1/");
        // A link out of the folder, the contents, the passage in the file, a peek, a search.
        terminal.send("\t\r");
        terminal.send("t");
        terminal.wait_for("Contents");
        terminal.send("\r");
        terminal.wait_for_none_of("Contents");
        terminal.send("gs");
        terminal.wait_for(passage);
        if passage.starts_with("where") {
            terminal.send("\x1b");
            terminal.wait_for_none_of(passage);
        }
        terminal.send("q");
        terminal.wait_for_none_of(if at.is_file() { "What rests" } else { passage });
        terminal.send("\t\tK");
        terminal.send("sdelta");
        terminal.wait_for("delta");
        terminal.send("\x1b");
        terminal.wait_for_none_of("delta");
        terminal.send("S");
        terminal.wait_for("Study");
        terminal.send("\x1b");
        terminal.wait_for_none_of("Study");
        terminal.send("QQ");
        assert_eq!(terminal.wait_for_end(), 0);
        let trace = std::fs::read_to_string(&trace).unwrap();
        let wrong = wrong(&trace, &[&opened, &own], Some(&kept));
        assert!(wrong.is_empty(), "{}:\n{}", at.display(), wrong.join("\n"));
    }
}
