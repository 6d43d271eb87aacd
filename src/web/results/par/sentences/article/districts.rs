//! What the article says of districts, and what is printed.

use super::ArticleSentence;

pub(super) const DISTRICTS: [ArticleSentence; 22] = [
    ArticleSentence {
        article: "… the average rate in the district sector is 90.59%;",
        vi: "Chỉ số trung bình của 13 đơn vị trong khối là 90,59 %.",
        en: "The mean index of 13 units in the block is 90.59%.",
    },
    ArticleSentence {
        article: "In the block of districts, towns and cities, Ha Tinh City continues to maintain its leading position.",
        vi: "Thành phố Hà Tĩnh tiếp tục dẫn đầu khối với 94,57 %.",
        en: "Ha Tinh City keeps the lead of the block with 94.57%.",
    },
    ArticleSentence {
        article: "The group of units that increased their rankings compared to 2022 includes 6 localities: …",
        vi: "6 đơn vị tăng hạng so với năm 2022:",
        en: "6 units rose compared with 2022:",
    },
    ArticleSentence {
        article: "Ky Anh Town People's Committee (up 1 rank, from 3rd to 2nd);",
        vi: "Thị xã Kỳ Anh (tăng 1 bậc, từ hạng 3 lên hạng 2)",
        en: "Ky Anh Town (up 1 place, from rank 3 to rank 2)",
    },
    ArticleSentence {
        article: "Hong Linh Town People's Committee (up 6 ranks, from 10th to 4th);",
        vi: "Thị xã Hồng Lĩnh (tăng 6 bậc, từ hạng 10 lên hạng 4)",
        en: "Hong Linh Town (up 6 places, from rank 10 to rank 4)",
    },
    ArticleSentence {
        article: "Cam Xuyen District People's Committee (up 1 rank, from 6th to 5th);",
        vi: "Huyện Cẩm Xuyên (tăng 1 bậc, từ hạng 6 lên hạng 5)",
        en: "Cam Xuyen District (up 1 place, from rank 6 to rank 5)",
    },
    ArticleSentence {
        article: "Can Loc District People's Committee (up 1 rank, from 9th to 8th);",
        vi: "Huyện Can Lộc (tăng 1 bậc, từ hạng 9 lên hạng 8)",
        en: "Can Loc District (up 1 place, from rank 9 to rank 8)",
    },
    ArticleSentence {
        article: "Ky Anh District People's Committee (up 2 ranks, from 11th to 9th);",
        vi: "Huyện Kỳ Anh (tăng 2 bậc, từ hạng 11 lên hạng 9)",
        en: "Ky Anh District (up 2 places, from rank 11 to rank 9)",
    },
    ArticleSentence {
        article: "Huong Khe District People's Committee (up 3 ranks, from 13th to 10th).",
        vi: "Huyện Hương Khê (tăng 3 bậc, từ hạng 13 lên hạng 10)",
        en: "Huong Khe District (up 3 places, from rank 13 to rank 10)",
    },
    ArticleSentence {
        article: "In particular, the People's Committee of Hong Linh town has the highest ranking increase.",
        vi: "Thị xã Hồng Lĩnh tăng nhiều nhất: 6 bậc, từ hạng 10 lên hạng 4.",
        en: "Hong Linh Town rose most: 6 places, from rank 10 to rank 4.",
    },
    ArticleSentence {
        article: "The locality's large increase in ranking is thanks to 8/8 fields achieving a higher rate than in 2022,",
        vi: "So với năm 2022: 8/8 lĩnh vực cao hơn.",
        en: "Compared with 2022: 8 of 8 fields higher.",
    },
    ArticleSentence {
        article: "in which apparatus reform achieved the maximum score.",
        vi: "1/8 lĩnh vực đạt điểm tối đa: cải cách tổ chức bộ máy.",
        en: "1 of 8 fields reached the maximum: reform of the apparatus.",
    },
    ArticleSentence {
        article: "3/8 fields are civil service reform, public finance reform and digital government with the highest percentage in the \
                  district block (3rd and 4th);",
        vi: "3/8 lĩnh vực xếp hạng 3 và 4 trong khối, thuộc nhóm đầu: cải cách chế độ công vụ (94,71 %, hạng 3); xây dựng chính quyền \
             số (93,67 %, hạng 3); cải cách tài chính công (92,56 %, hạng 4).",
        en: "3 of 8 fields ranked 3 and 4 in the block, in the top group: civil service reform (94.71%, rank 3); digital government \
             (93.67%, rank 3); public finance reform (92.56%, rank 4).",
    },
    ArticleSentence {
        article: "administrative procedure reform reached a rate of 95.35%;",
        vi: "1/8 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), xếp hạng 4 trong khối: cải cách thủ tục hành chính (95,35 %).",
        en: "1 of 8 fields came near the maximum (at least 95%), ranked 4 in the block: administrative procedure reform (95.35%).",
    },
    ArticleSentence {
        article: "implementation of administrative reform and institutional reform.",
        vi: "Các lĩnh vực còn lại đạt từ 89,30 % đến 93,00 %, đều cao hơn năm 2022.",
        en: "The other fields reached 89.30% to 93.00%, all higher than in 2022.",
    },
    ArticleSentence {
        article: "The group of units that decreased in rank includes 5 units.",
        vi: "5 đơn vị giảm hạng so với năm 2022:",
        en: "5 units fell compared with 2022:",
    },
    ArticleSentence {
        article: "Of which, the largest decrease is the People's Committee of Loc Ha district (down 6 ranks).",
        vi: "Huyện Lộc Hà giảm nhiều nhất: 6 bậc, từ hạng 7 xuống hạng 13.",
        en: "Loc Ha District fell most: 6 places, from rank 7 to rank 13.",
    },
    ArticleSentence {
        article: "The reason is that 8/8 fields of this locality achieved a lower rate than in 2022,",
        vi: "So với năm 2022: 8/8 lĩnh vực thấp hơn.",
        en: "Compared with 2022: 8 of 8 fields lower.",
    },
    ArticleSentence {
        article: "of which 4/8 fields achieved the lowest rate in the district block, including: implementation of administrative \
                  reform, public finance reform, digital government and the impact of administrative reform on socio-economic \
                  development;",
        vi: "4/8 lĩnh vực thấp nhất khối: công tác chỉ đạo, điều hành cải cách hành chính; cải cách tài chính công; xây dựng chính \
             quyền số; tác động của cải cách hành chính đến phát triển kinh tế - xã hội.",
        en: "4 of 8 fields were the lowest in the block: implementation of administrative reform, public finance reform, digital \
             government and impact of administrative reform on socio-economic development.",
    },
    ArticleSentence {
        article: "3/8 remaining fields are institutional reform, administrative procedure reform, apparatus reform in the bottom group \
                  in the district block (ranked 11th, 12th);",
        vi: "3/8 lĩnh vực xếp hạng 11 và 12 trong khối, thuộc nhóm cuối: hạng 11 có cải cách thể chế; hạng 12 có cải cách thủ tục hành \
             chính và cải cách tổ chức bộ máy.",
        en: "3 of 8 fields ranked 11 and 12 in the block, in the bottom group: rank 11 in institutional reform; rank 12 in \
             administrative procedure reform and reform of the apparatus.",
    },
    ArticleSentence {
        article: "civil service reform achieved the highest rank in 8 fields but only ranked 6th in the district block.",
        vi: "Lĩnh vực có thứ hạng cao nhất là cải cách chế độ công vụ, nhưng cũng chỉ xếp hạng 6 trong khối.",
        en: "Its best rank is only 6 in the block, in civil service reform.",
    },
    ArticleSentence {
        article: "Some criteria with a large proportion of points in the set of criteria achieved 0 points such as: provincial \
                  administrative reform initiatives achieved 0/1.5 points; having written criticism from superiors and having to \
                  review according to the direction of the Provincial People's Committee (achieved 0/1 point)...",
        vi: "Tiêu chí có từ 1,00 điểm trở lên nhưng đạt 0 điểm: sáng kiến cải cách hành chính cấp tỉnh (đạt 0/1,50 điểm); có văn bản \
             phê bình của cấp trên, phải kiểm điểm theo chỉ đạo của Ủy ban nhân dân tỉnh (đạt 0/1,00 điểm).",
        en: "Criteria of 1.00 points or more that gave 0 points: provincial administrative reform initiatives (0 of 1.50 points); \
             written criticism from superiors and a review by direction of the Provincial People's Committee (0 of 1.00 points).",
    },
];
