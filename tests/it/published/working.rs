//! Every step of a calculation that a page prints, worked out again from the exported counts.

use super::*;

/// Satisfied answers to an item, and all valid ones.
type Fraction = (u64, u64);

/// What was answered to an item of the index, as the exported table counts it.
fn fraction(item: &Item, distributions: &[HashMap<String, String>], unit: &str) -> Fraction {
    let rows = distributions.iter().filter(|row| row["unit"] == unit && row["item"] == item.code && row["of"] == "valid-answers");
    let rows: Vec<_> = rows.collect();
    let satisfied = |option: &str| item.choices().iter().any(|choice| choice.satisfied && choice.code == option);
    let given = rows.iter().filter(|row| satisfied(&row["option"])).map(|row| row["count"].parse::<u64>().unwrap());
    (given.sum(), rows[0]["n"].parse().unwrap())
}

/// The mean of `100 × given ÷ of`, in whole steps of 10⁻¹² and rounded half up once.
fn mean(fractions: &[Fraction]) -> u128 {
    let whole = fractions.iter().fold(BigUint::from(1_u8), |product, (_, of)| product * *of);
    let given: BigUint = fractions.iter().map(|(given, of)| &whole / *of * *given).sum();
    let (dividend, divisor) = (given * 100_u8 * 10_u64.pow(12), whole * fractions.len());
    u128::try_from((dividend * 2_u8 + &divisor) / (divisor * 2_u8)).unwrap()
}

/// Steps of 10⁻¹² as a decimal: all twelve places, or two, rounded half up.
fn decimal(steps: u128, places: usize) -> String {
    let less = 10_u128.pow(u32::try_from(12 - places).unwrap());
    let (steps, one) = ((2 * steps + less) / (2 * less), 10_u128.pow(u32::try_from(places).unwrap()));
    format!("{}.{:0places$}", steps / one, steps % one)
}

/// What each mean is made of: factors, contents, and last the whole.
fn means(questionnaire: &Questionnaire, items: &[(&Item, Fraction)]) -> Vec<Vec<Fraction>> {
    let of = |wanted: &dyn Fn(usize) -> bool| -> Vec<Fraction> {
        items.iter().filter(|(item, _)| item.factor.is_some_and(wanted)).map(|(_, fraction)| *fraction).collect()
    };
    let factors = (0..questionnaire.factors.len()).map(|wanted| of(&|factor| factor == wanted));
    let contents = (0..questionnaire.contents.len()).map(|content| of(&|factor| questionnaire.factors[factor].content == content));
    factors.chain(contents).chain([of(&|_| true)]).collect()
}

/// What the steps have to print, in order: the division of each item, then every mean.
fn numbers(items: &[(&Item, Fraction)], means: &[Vec<Fraction>]) -> Vec<String> {
    let division = |fraction: Fraction| format!("100 × {} ÷ {} = {}", fraction.0, fraction.1, decimal(mean(&[fraction]), 12));
    let divisions = items.iter().map(|(_, fraction)| division(*fraction));
    divisions.chain(means.iter().map(|fractions| decimal(mean(fractions), 12))).collect()
}

/// The sentence about a mean, in English.
fn sentence(fractions: &[Fraction]) -> String {
    let (n, mean) = (fractions.len(), mean(fractions));
    let (held, shown) = (decimal(mean, 12), decimal(mean, 2));
    format!("Mean of {n} items of step 1 = <span class=\"sum\">{held}</span>, rounded to {shown}%.")
}

/// The numbers that a page prints in the steps of a calculation, under their heading.
pub(super) fn printed<'p>(page: &'p str, heading: &str) -> Vec<&'p str> {
    let steps = page.split(heading).nth(1).unwrap().split("</details>").next().unwrap();
    steps.split("<span class=\"sum\">").skip(1).map(|rest| rest.split("</span>").next().unwrap()).collect()
}

/// Nothing is taken from the program but the exported counts, and from the definition which options are satisfied ones.
#[tokio::test]
async fn every_number_of_a_calculation_comes_out_of_the_exported_counts() {
    // Enough for 50 answers to every item of a unit, from where the page prints divisions.
    let province = Province::with(3_000).await;
    let questionnaire = fixture::definition(SIPAS).questionnaire;
    let distributions = rows(&province.text("/api/v1/rounds/2025/sipas-2026/distributions.csv").await);
    let components = rows(&province.text("/api/v1/rounds/2025/sipas-2026/components.csv").await);
    let components: Vec<_> = components.iter().filter(|row| !row["points_held"].is_empty()).take(3).collect();
    assert_eq!(components.len(), 3);
    for component in components {
        let unit = &component["unit"];
        let asked = questionnaire.items.iter().filter(|item| item.factor.is_some());
        let items: Vec<_> = asked.map(|item| (item, fraction(item, &distributions, unit))).collect();
        let means = means(&questionnaire, &items);
        let address = format!("/results/2025/{unit}?questionnaire=sipas-2026");
        let (vi, en) = (province.text(&address).await, province.text(&format!("{address}&lang=en")).await);
        let numbers = numbers(&items, &means);
        assert_eq!(printed(&en, "See every step"), numbers, "{unit}");
        let in_vietnamese: Vec<String> = numbers.iter().map(|number| number.replace('.', ",")).collect();
        assert_eq!(printed(&vi, "Xem từng bước tính"), in_vietnamese, "{unit}");
        for sentence in means.iter().map(|fractions| sentence(fractions)) {
            assert!(en.contains(&sentence), "{unit}: {sentence}");
        }
        points_follow(component, mean(means.last().unwrap()), [&vi, &en]);
    }
}

/// 10 points times the index, divided by 100 and rounded half up: in the table, in short on the page, and as its last step.
fn points_follow(component: &HashMap<String, String>, index: u128, [vi, en]: [&str; 2]) {
    let steps = (index + 5) / 10;
    let [held, points_held] = [index, steps].map(|number| decimal(number, 12));
    let [shown, points] = [index, steps].map(|number| decimal(number, 2));
    assert_eq!((&component["index"], &component["points"], &component["points_held"]), (&shown, &points, &points_held));
    let said = format!("10.00 × {held} ÷ 100 = {points_held}, rounded to {points} points.");
    assert_eq!(en.matches(&said).count(), 2, "{said}");
    let said = format!("10.00 × {held} ÷ 100 = {points_held}, làm tròn thành {points} điểm").replace('.', ",");
    assert_eq!(vi.matches(&said).count(), 2, "{said}");
}
