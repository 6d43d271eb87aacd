//! What the article says of departments, and what is printed.

use super::ArticleSentence;

pub(super) const DEPARTMENTS: [ArticleSentence; 21] = [
    ArticleSentence {
        article: "… the average rate in the department and sector sector is 90.53%/maximum level …",
        vi: "Chỉ số trung bình của 17 đơn vị trong khối là 90,53 %.",
        en: "The mean index of 17 units in the block is 90.53%.",
    },
    ArticleSentence {
        article: "For the sector, the Department of Science and Technology continues to maintain its leading position.",
        vi: "Sở Khoa học và Công nghệ tiếp tục dẫn đầu khối với 96,59 %.",
        en: "Department of Science and Technology keeps the lead of the block with 96.59%.",
    },
    ArticleSentence {
        article: "The units that increased their rankings compared to 2022 include 6 units: …",
        vi: "6 đơn vị tăng hạng so với năm 2022:",
        en: "6 units rose compared with 2022:",
    },
    ArticleSentence {
        article: "Department of Information and Communications (up 3 places, from 5th to 2nd);",
        vi: "Sở Thông tin và Truyền thông (tăng 3 bậc, từ hạng 5 lên hạng 2)",
        en: "Department of Information and Communications (up 3 places, from rank 5 to rank 2)",
    },
    ArticleSentence {
        article: "Department of Foreign Affairs (up 8 places, from 11th to 3rd);",
        vi: "Sở Ngoại vụ (tăng 8 bậc, từ hạng 11 lên hạng 3)",
        en: "Department of Foreign Affairs (up 8 places, from rank 11 to rank 3)",
    },
    ArticleSentence {
        article: "Department of Planning and Investment (up 8 places, from 12th to 4th);",
        vi: "Sở Kế hoạch và Đầu tư (tăng 8 bậc, từ hạng 12 lên hạng 4)",
        en: "Department of Planning and Investment (up 8 places, from rank 12 to rank 4)",
    },
    ArticleSentence {
        article: "Department of Education and Training (up 5 places, from 10th to 5th);",
        vi: "Sở Giáo dục và Đào tạo (tăng 5 bậc, từ hạng 10 lên hạng 5)",
        en: "Department of Education and Training (up 5 places, from rank 10 to rank 5)",
    },
    ArticleSentence {
        article: "Department of Industry and Trade (up 6 places, from 16th to 10th);",
        vi: "Sở Công Thương (tăng 6 bậc, từ hạng 16 lên hạng 10)",
        en: "Department of Industry and Trade (up 6 places, from rank 16 to rank 10)",
    },
    ArticleSentence {
        article: "Department of Health (up 3 places, from 17th to 14th).",
        vi: "Sở Y tế (tăng 3 bậc, từ hạng 17 lên hạng 14)",
        en: "Department of Health (up 3 places, from rank 17 to rank 14)",
    },
    ArticleSentence {
        article: "The Department of Foreign Affairs (from 11th to 3rd) and the Department of Planning and Investment (from 12th to \
                  4th) increased the most in rank.",
        vi: "Tăng hạng nhiều nhất, cùng 8 bậc: Sở Ngoại vụ (từ hạng 11 lên hạng 3); Sở Kế hoạch và Đầu tư (từ hạng 12 lên hạng 4).",
        en: "Rose most, by 8 places each: Department of Foreign Affairs (from rank 11 to rank 3); Department of Planning and \
             Investment (from rank 12 to rank 4).",
    },
    ArticleSentence {
        article: "… 4/7 fields achieving near maximum scores, the 1st and 2nd highest scores in the department block, which are: \
                  administrative procedures, apparatus organization, public service regime, digital government;",
        vi: "4/7 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), xếp hạng 1 và 2 trong khối: cải cách thủ tục hành chính (98,94 %, cao \
             nhất khối); xây dựng chính quyền số (97,58 %, cao nhất khối); cải cách tổ chức bộ máy (97,89 %, hạng 2); cải cách chế độ \
             công vụ (96,36 %, hạng 2).",
        en: "4 of 7 fields came near the maximum (at least 95%), ranked 1 and 2 in the block: administrative procedure reform (98.94%, \
             highest in the block); digital government (97.58%, highest in the block); reform of the apparatus (97.89%, rank 2); civil \
             service reform (96.36%, rank 2).",
    },
    ArticleSentence {
        article: "the remaining fields achieved a higher percentage than in 2022 and reached from 90 - 92.68%.",
        vi: "Các lĩnh vực còn lại đạt từ 90,00 % đến 92,68 %, đều cao hơn năm 2022.",
        en: "The other fields reached 90.00% to 92.68%, all higher than in 2022.",
    },
    ArticleSentence {
        article: "As for the Department of Planning and Investment, the public finance sector achieved the maximum score,",
        vi: "1/7 lĩnh vực đạt điểm tối đa: cải cách tài chính công.",
        en: "1 of 7 fields reached the maximum: public finance reform.",
    },
    ArticleSentence {
        article: "digital government had the 4th highest score in the group,",
        vi: "1/7 lĩnh vực xếp hạng 4 trong khối, thuộc nhóm đầu: xây dựng chính quyền số (94,42 %).",
        en: "1 of 7 fields ranked 4 in the block, in the top group: digital government (94.42%).",
    },
    ArticleSentence {
        article: "the civil service regime reached 96.07%,",
        vi: "1/7 lĩnh vực gần đạt điểm tối đa (từ 95 % trở lên), xếp hạng 3 trong khối: cải cách chế độ công vụ (96,07 %).",
        en: "1 of 7 fields came near the maximum (at least 95%), ranked 3 in the block: civil service reform (96.07%).",
    },
    ArticleSentence {
        article: "the remaining sectors achieved a higher percentage than in 2022 and reached from 90% - 94.53%.",
        vi: "Các lĩnh vực còn lại đạt từ 90,00 % đến 94,53 %, đều cao hơn năm 2022.",
        en: "The other fields reached 90.00% to 94.53%, all higher than in 2022.",
    },
    ArticleSentence {
        article: "The group of units that decreased in rank compared to 2022 has 9 units,",
        vi: "9 đơn vị giảm hạng so với năm 2022:",
        en: "9 units fell compared with 2022:",
    },
    ArticleSentence {
        article: "of which the Department of Labor, Invalids and Social Affairs has the largest decrease (down 10 places, from 3rd to \
                  13th).",
        vi: "Sở Lao động - Thương binh và Xã hội giảm nhiều nhất: 10 bậc, từ hạng 3 xuống hạng 13.",
        en: "Department of Labor, Invalids and Social Affairs fell most: 10 places, from rank 3 to rank 13.",
    },
    ArticleSentence {
        article: "The reason is that the total percentage of all fields is lower than in 2022;",
        vi: "Chỉ số giảm 5,09 điểm phần trăm, từ 93,90 % xuống 88,81 %. So với năm 2022: 7/7 lĩnh vực thấp \
             hơn.",
        en: "The index fell by 5.09 percentage points, from 93.90% to 88.81%. Compared with 2022: 7 of 7 fields lower.",
    },
    ArticleSentence {
        article: "5/7 fields have a percentage ranking from 9th to 14th. Specifically: institutional reform ranked 9th, public finance \
                  reform and digital government ranked 11th, administrative procedure reform and administrative reform implementation \
                  ranked 14th in the group.",
        vi: "5/7 lĩnh vực xếp từ hạng 9 đến hạng 14 trong khối, thuộc nhóm giữa và nhóm cuối: hạng 9 có cải cách thể chế; hạng 11 có \
             cải cách tài chính công và xây dựng chính quyền số; hạng 14 có công tác chỉ đạo, điều hành cải cách hành chính; cải cách \
             thủ tục hành chính.",
        en: "5 of 7 fields ranked 9 to 14 in the block, in the middle and bottom groups: rank 9 in institutional reform; rank 11 in \
             public finance reform and digital government; rank 14 in implementation of administrative reform and administrative \
             procedure reform.",
    },
    ArticleSentence {
        article: "Some criteria with a large proportion of points in the criteria set achieved 0 points such as: implementing the 2023 \
                  administrative reform plan achieved 0/1.5 points; provincial administrative reform initiatives achieved 0/1.5 \
                  points; resolving overdue administrative procedures without a written apology, achieved 0/1 point...",
        vi: "Tiêu chí có từ 1,00 điểm trở lên nhưng đạt 0 điểm: thực hiện kế hoạch cải cách hành chính năm 2023 (đạt 0/1,50 điểm); \
             sáng kiến cải cách hành chính cấp tỉnh (đạt 0/1,50 điểm); giải quyết thủ tục hành chính trễ hạn không có văn bản xin lỗi \
             (đạt 0/1,00 điểm).",
        en: "Criteria of 1.00 points or more that gave 0 points: implementing the administrative reform plan of 2023 (0 of 1.50 \
             points); provincial administrative reform initiatives (0 of 1.50 points); overdue procedures settled without a written \
             apology (0 of 1.00 points).",
    },
];
