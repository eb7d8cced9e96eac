//! Anchors made of headings, as GitHub and mdBook make them.

/// The anchor of a heading: lower case, punctuation gone, each space a hyphen.
pub fn slug(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn makes_the_anchors_that_links_use() {
        assert_eq!(slug("Where’s the -> Operator?"), "wheres-the---operator");
        assert_eq!(slug("The `?` Operator"), "the--operator");
        assert_eq!(slug("Über Größe"), "über-größe");
        assert_eq!(slug(" What is not stated "), "what-is-not-stated");
    }
}
