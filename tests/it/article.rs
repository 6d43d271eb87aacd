//! The round that an article tells of, from its files to its pages.

use super::harness::article::{BLOCKS, ROUND, published};

/// Of each block the mean that the article gives, how many rose, and what it says of one that moved most.
const PRINTED: [[&str; 3]; 3] = [
    ["Chỉ số trung bình của 17 đơn vị trong khối là 90,53 %.", "6 đơn vị tăng hạng so với năm 2022:", "đạt từ 90,00 % đến 92,68 %"],
    ["Chỉ số trung bình của 13 đơn vị trong khối là 90,59 %.", "6 đơn vị tăng hạng so với năm 2022:", "4/8 lĩnh vực thấp nhất khối:"],
    [
        "Chỉ số trung bình của 6 đơn vị trong khối là 94,38 %.",
        "3 đơn vị tăng hạng so với năm 2022:",
        "3/5 lĩnh vực xếp từ hạng 4 đến hạng 6",
    ],
];

#[tokio::test(flavor = "multi_thread")]
async fn the_round_of_the_article_is_told_on_its_pages() {
    let app = published().await;
    for (block, printed) in BLOCKS.into_iter().zip(PRINTED) {
        let page = app.get(&format!("/results/{ROUND}?block={block}")).await.text().await.unwrap().replace('\u{a0}', " ");
        for sentence in printed {
            assert!(page.contains(sentence), "{block}: {sentence}");
        }
    }
    let unit = app.get(&format!("/results/{ROUND}/so-lao-dong")).await.text().await.unwrap().replace('\u{a0}', " ");
    assert!(unit.contains("5/7 lĩnh vực xếp từ hạng 9 đến hạng 14 trong khối, thuộc nhóm giữa và nhóm cuối"), "{unit}");
}
