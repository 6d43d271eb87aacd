//! What the article says of central agencies, and what is printed.

use super::ArticleSentence;

pub(super) const AGENCIES: [ArticleSentence; 14] = [
    ArticleSentence {
        article: "… the average rate in the central agencies located in the area is 94.38%.",
        vi: "Chỉ số trung bình của 6 đơn vị trong khối là 94,38 %.",
        en: "The mean index of 6 units in the block is 94.38%.",
    },
    ArticleSentence {
        article: "For the central agencies located in the area, the group of units that increased in rank compared to 2022, including \
                  3 units: …",
        vi: "3 đơn vị tăng hạng so với năm 2022:",
        en: "3 units rose compared with 2022:",
    },
    ArticleSentence {
        article: "Provincial Customs Department (up 1 rank, from 2nd to 1st),",
        vi: "Cục Hải quan tỉnh (tăng 1 bậc, từ hạng 2 lên hạng 1)",
        en: "Provincial Customs Department (up 1 place, from rank 2 to rank 1)",
    },
    ArticleSentence {
        article: "Provincial Tax Department (up 1 rank, from 4th to 3rd),",
        vi: "Cục Thuế tỉnh (tăng 1 bậc, từ hạng 4 lên hạng 3)",
        en: "Provincial Tax Department (up 1 place, from rank 4 to rank 3)",
    },
    ArticleSentence {
        article: "State Bank of Vietnam, Ha Tinh Branch (up 2 ranks from 6th to 4th).",
        vi: "Ngân hàng Nhà nước Việt Nam, Chi nhánh Hà Tĩnh (tăng 2 bậc, từ hạng 6 lên hạng 4)",
        en: "State Bank of Vietnam, Ha Tinh Branch (up 2 places, from rank 6 to rank 4)",
    },
    ArticleSentence {
        article: "The State Bank of Vietnam, Ha Tinh Branch, increased the most (2 places).",
        vi: "Ngân hàng Nhà nước Việt Nam, Chi nhánh Hà Tĩnh tăng nhiều nhất: 2 bậc, từ hạng 6 lên hạng 4.",
        en: "State Bank of Vietnam, Ha Tinh Branch rose most: 2 places, from rank 6 to rank 4.",
    },
    ArticleSentence {
        article: "The increase in rank is due to the total number of fields achieving a higher rate than in 2022,",
        vi: "So với năm 2022: 5/5 lĩnh vực cao hơn.",
        en: "Compared with 2022: 5 of 5 fields higher.",
    },
    ArticleSentence {
        article: "in which institutional reform achieved the maximum score,",
        vi: "1/5 lĩnh vực đạt điểm tối đa: cải cách thể chế.",
        en: "1 of 5 fields reached the maximum: institutional reform.",
    },
    ArticleSentence {
        article: "digital government achieved the highest rate in the group.",
        vi: "1/5 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), cao nhất khối: xây dựng chính quyền số (98,92 %).",
        en: "1 of 5 fields came near the maximum (at least 95%), ranked highest in the block: digital government (98.92%).",
    },
    ArticleSentence {
        article: "The group of units that decreased in rank compared to 2022 includes 2 units,",
        vi: "2 đơn vị giảm hạng so với năm 2022:",
        en: "2 units fell compared with 2022:",
    },
    ArticleSentence {
        article: "of which the most decreased (down 3 ranks) is the Provincial State Treasury.",
        vi: "Kho bạc Nhà nước tỉnh giảm nhiều nhất: 3 bậc, từ hạng 3 xuống hạng 6.",
        en: "Provincial State Treasury fell most: 3 places, from rank 3 to rank 6.",
    },
    ArticleSentence {
        article: "The reason for the sharp decrease in rank is that the total percentage of fields achieved is lower than in 2022,",
        vi: "Chỉ số giảm 1,47 điểm phần trăm, từ 94,02 % xuống 92,54 %.",
        en: "The index fell by 1.47 percentage points, from 94.02% to 92.54%.",
    },
    ArticleSentence {
        article: "in which, digital government achieved the 2nd highest rate in the group;",
        vi: "Lĩnh vực có thứ hạng cao nhất là cải cách chế độ công vụ và xây dựng chính quyền số, xếp hạng 2 trong khối.",
        en: "Its best rank is 2 in the block, in civil service reform and digital government.",
    },
    ArticleSentence {
        article: "3/4 of the remaining fields are the implementation of administrative reform, institutional reform and administrative \
                  procedure reform, ranked 4th, 5th, 6th in the group, respectively.",
        vi: "3/5 lĩnh vực xếp từ hạng 4 đến hạng 6 trong khối, thuộc nhóm giữa và nhóm cuối: hạng 4 có công tác chỉ đạo, điều hành cải \
             cách hành chính; hạng 5 có cải cách thể chế; hạng 6 (thấp nhất khối) có cải cách thủ tục hành chính.",
        en: "3 of 5 fields ranked 4 to 6 in the block, in the middle and bottom groups: rank 4 in implementation of administrative \
             reform; rank 5 in institutional reform; rank 6 (lowest in the block) in administrative procedure reform.",
    },
];
