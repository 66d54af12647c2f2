//! The application for an account (заявление на регистрацию): a sheet to sign, and the letter that carries it.
//!
//! The sheet has a passport on it, so it is written into one buffer that never moves and is zeroed in the end; the letter
//! has none of it.

use zeroize::Zeroizing;

use super::page::{END, Paper, escape_into, escaped, start};
use crate::domain::Registration;

const STYLE: &str = include_str!("style/registration.css");
/// All words of the sheet that are not the resident's, with room to spare.
const ROOM: usize = 16_384;
/// The longest reference (`&quot;`) for a character.
const LONGEST_REFERENCE: usize = 6;

/// `Заявление на регистрацию в личном кабинете`.
pub const TITLE: &str = "Заявление на регистрацию в личном кабинете";

/// The sheet, as bytes of HTML. Whoever writes them to a file makes it one that only the app can read, and deletes it
/// when it has been handed on.
#[must_use]
pub fn html(utility: &str, form: &Registration) -> Zeroizing<Vec<u8>> {
    let fields = fields(form);
    let mut out = Zeroizing::new(String::with_capacity(room(utility, form)));
    let utility = escaped(utility);
    out.push_str(&start(TITLE, Paper::A4, STYLE));
    out.push_str(&format!("<div class=\"to\"><p>Кому: {utility}</p><p>Заявитель: "));
    escape_into(&mut out, &form.full_name);
    out.push_str(&format!("</p></div>\n<h1>{TITLE}</h1>\n"));
    out.push_str("<p>Прошу зарегистрировать меня в личном кабинете и выдать мне логин и пароль.</p>\n");
    out.push_str("<table class=\"fields\"><tbody>\n");
    for (what, value) in fields {
        out.push_str(&format!("<tr><th scope=\"row\">{what}</th><td>"));
        escape_into(&mut out, if value.is_empty() { "—" } else { value });
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody></table>\n");
    out.push_str(&consent(&utility));
    out.push_str(&signature("Подпись заявителя"));
    out.push_str(END);
    // The buffer itself goes on, not a copy of it.
    Zeroizing::new(std::mem::take(&mut *out).into_bytes())
}

/// So many bytes are enough, whatever becomes a reference.
fn room(utility: &str, form: &Registration) -> usize {
    let typed: usize =
        fields(form).iter().map(|(_, value)| value.len()).sum::<usize>() + form.full_name.len();
    ROOM + LONGEST_REFERENCE * (typed + 2 * utility.len())
}

fn fields(form: &Registration) -> [(&'static str, &str); 11] {
    [
        ("Фамилия, имя, отчество", &form.full_name),
        ("Дата рождения", &form.born_on),
        ("Паспорт, серия", &form.passport_series),
        ("Паспорт, номер", &form.passport_number),
        ("Кем выдан", &form.issued_by),
        ("Дата выдачи", &form.issued_on),
        ("Код подразделения", &form.department_code),
        ("Адрес", &form.address),
        ("Лицевой счёт", &form.account),
        ("Телефон", &form.phone),
        ("Электронная почта", &form.email),
    ]
}

/// Ticked and signed by hand: a tick that a program has set is nobody's consent.
fn consent(utility: &str) -> String {
    format!(
        "<div class=\"consent whole\"><p><span class=\"box\"></span><b>Согласие на обработку персональных данных</b></p>\
         <p>Даю согласие {utility} на обработку указанных в этом заявлении персональных данных (сбор, запись, хранение, \
         уточнение, использование, удаление) по Федеральному закону от 27.07.2006 № 152-ФЗ «О персональных данных» \
         для регистрации в личном кабинете и обслуживания лицевого счёта. Согласие действует до его отзыва письменным \
         заявлением.</p>{}</div>\n",
        signature("Подпись под согласием"),
    )
}

fn signature(whose: &str) -> String {
    format!("<div class=\"sign whole\"><span>{whose}</span><span>Расшифровка</span><span>Дата</span></div>\n")
}

/// Subject and text of the letter that the sheet is attached to. What it says, anybody on the way may read.
#[must_use]
pub fn letter(utility: &str, account: &str) -> (String, String) {
    let of_account =
        if account.is_empty() { String::new() } else { format!(", лицевой счёт {account}") };
    let body = format!(
        "Здравствуйте!\n\nПрошу зарегистрировать меня в личном кабинете ({utility}){of_account}.\n\
         Заявление с паспортными данными и согласием на их обработку — во вложении.\n"
    );
    (format!("{TITLE}{of_account}"), body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::RegistrationForm;

    /// Nobody's: zeros, and names of samples.
    fn registration() -> Registration {
        let form = RegistrationForm {
            surname: "Образцова".into(),
            name: "Проба".into(),
            born_on: "01.02.1950".into(),
            passport_series: "0000".into(),
            passport_number: "000001".into(),
            issued_by: "Отделом <образцов> & \"проб\"".into(),
            issued_on: "03.02.1995".into(),
            department_code: "000-002".into(),
            address: "ул. Примерная, 12".into(),
            account: "1204417".into(),
            phone: "89000000000".into(),
            email: "proba@example.invalid".into(),
            patronymic: String::new(),
        };
        match form.checked("2026-11-23".parse().unwrap()) {
            Ok(registration) => registration,
            Err(problems) => panic!("{problems:?}"),
        }
    }

    #[test]
    fn the_sheet_says_everything_that_the_office_asks_for() {
        let sheet = String::from_utf8(html("Водоканал", &registration()).to_vec()).unwrap();
        for said in [
            "Кому: Водоканал",
            "Заявитель: Образцова Проба",
            "00 00",
            "000001",
            "Отделом &lt;образцов&gt; &amp; &quot;проб&quot;",
            "03.02.1995",
            "000-002",
            "ул. Примерная, 12",
            "1204417",
            "+7 (900) 000-00-00",
            "152-ФЗ",
            "class=\"box\"",
        ] {
            assert!(sheet.contains(said), "{said}");
        }
        assert_eq!(sheet.matches("class=\"sign").count(), 2, "the consent is signed by itself");
    }

    #[test]
    fn the_letter_tells_nothing_of_the_passport() {
        let (subject, text) = letter("Водоканал", "1204417");
        assert!(subject.ends_with("лицевой счёт 1204417") && text.contains("во вложении.\n"), "{text}");
        for secret in ["Образцова", "00 00", "000001", "000-002", "03.02.1995"] {
            assert!(!text.contains(secret) && !subject.contains(secret), "{secret}");
        }
        assert!(!letter("Водоканал", "").0.contains("лицевой"));
    }

    #[test]
    fn the_buffer_of_the_sheet_never_moves_and_so_leaves_no_copy_behind() {
        let mut registration = registration();
        registration.issued_by = "\"".repeat(250);
        registration.address = "&".repeat(250);
        for (utility, form) in [("<".repeat(200), registration), (String::new(), self::registration())] {
            assert_eq!(html(&utility, &form).capacity(), room(&utility, &form));
        }
    }
}
