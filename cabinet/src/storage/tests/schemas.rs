//! The two schemas say the same: tables, columns in their order, kinds, what may be empty, what is unique or refers to
//! another table.

use std::collections::BTreeSet;

use super::*;

/// A line a column, index or reference.
type Lines = BTreeSet<String>;

fn of_sqlite(storage: &Storage, sql: &str) -> Lines {
    read(storage, |tx| tx.all(sql, &[], |row| row.get(0))).into_iter().collect()
}

fn of_postgres(database: &TestDatabase, sql: &str) -> Lines {
    let rows = database.connect().query(sql, &[]).expect("the catalogue");
    rows.iter().map(|row| row.get(0)).collect()
}

fn assert_same(what: &str, sqlite: &str, postgres: &str) {
    let file = on_sqlite();
    let database = Cluster::of_this_run().empty_database();
    drop(open(&database));
    let (sqlite, postgres) = (of_sqlite(&file.storage, sqlite), of_postgres(&database, postgres));
    assert!(sqlite.len() > 10, "{what}: {sqlite:?}");
    let only = |these: &Lines, those: &Lines| these.difference(those).cloned().collect::<Vec<_>>();
    let (here, there) = (only(&sqlite, &postgres), only(&postgres, &sqlite));
    assert!(
        here.is_empty() && there.is_empty(),
        "{what}: SQLite alone {here:#?}, PostgreSQL alone {there:#?}"
    );
}

#[test]
fn both_have_the_same_columns_in_the_same_order() {
    assert_same(
        "columns",
        "SELECT t.name || '.' || c.name || ' ' || (c.cid + 1) || ' ' || c.type || CASE WHEN c.\"notnull\" THEN ' not null' \
             ELSE '' END || coalesce(' default ' || c.dflt_value, '') \
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'",
        "SELECT table_name || '.' || column_name || ' ' || ordinal_position || ' ' || \
             CASE data_type || coalesce(' ' || collation_name, '') WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' \
                 WHEN 'text C' THEN 'TEXT' ELSE data_type || coalesce(' ' || collation_name, '') END || \
             CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' default ' || column_default, '') \
         FROM information_schema.columns WHERE table_schema = 'public'",
    );
}

#[test]
fn both_have_the_same_indices_and_hold_the_same_things_unique() {
    assert_same(
        "indices",
        "SELECT t.name || ' (' || (SELECT group_concat(coalesce(c.name, 'expression'), ', ' ORDER BY c.seqno) \
             FROM pragma_index_info(i.name) AS c) || ')' || CASE WHEN i.\"unique\" THEN ' unique' ELSE '' END || \
             CASE WHEN i.partial THEN ' partial' ELSE '' END \
         FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i WHERE t.type = 'table'",
        "SELECT t.relname || ' (' || (SELECT string_agg(coalesce(c.attname, 'expression'), ', ' ORDER BY k.place) \
             FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place) LEFT JOIN pg_attribute AS c \
                 ON c.attrelid = i.indrelid AND c.attnum = k.number) || ')' || \
             CASE WHEN i.indisunique THEN ' unique' ELSE '' END || \
             CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END \
         FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid \
         WHERE t.relnamespace = 'public'::regnamespace",
    );
}

#[test]
fn both_refer_to_the_same_tables() {
    assert_same(
        "references",
        "SELECT t.name || '.' || f.\"from\" || ' ' || f.\"table\" || ' ' || f.on_delete \
         FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'",
        "SELECT f.conrelid::regclass || '.' || c.attname || ' ' || f.confrelid::regclass || ' ' || \
             CASE f.confdeltype WHEN 'c' THEN 'CASCADE' ELSE 'NO ACTION' END \
         FROM pg_constraint AS f JOIN pg_attribute AS c ON c.attrelid = f.conrelid AND c.attnum = ANY (f.conkey) \
         WHERE f.contype = 'f'",
    );
}

/// A row of each of the newer tables.
const fn notices_and_more() -> [&'static str; 5] {
    [
        "INSERT INTO news VALUES ('n', 'Заголовок', 'Текст.', 0, NULL, 1, 1)",
        "INSERT INTO outages VALUES ('o', 'cold_water', 'Текст.', 1, 0, NULL, 0, 1)",
        "INSERT INTO outage_places VALUES ('o', 0, '', 'ул. Новая', '1', '', 'ул новая', '1')",
        "INSERT INTO payments VALUES ('p', 'a', 'r', 1, NULL, '', 'pending', 0, 1, NULL, NULL, 1)",
        "INSERT INTO registrations VALUES ('g', 'g', 'Примерова', 'Анна', NULL, '', NULL, '', '', 0, 0, '9', 'received', \
         NULL, NULL)",
    ]
}

#[test]
fn both_refuse_what_the_rules_of_a_column_refuse() {
    let wrong = [
        "UPDATE readings SET rollover = 2",
        "UPDATE readings SET value = -1",
        "UPDATE readings SET source = 'dream'",
        "UPDATE readings SET status = 'lost'",
        "UPDATE readings SET rollover = 1",
        "UPDATE readings SET replacement_final = NULL",
        "UPDATE readings SET withdrawn_ms = 1",
        "UPDATE accounts SET people = 0",
        "UPDATE meters SET whole_digits = 10",
        "UPDATE meters SET fraction_digits = 5",
        "UPDATE meters SET archived = 2",
        "UPDATE meters SET resource = 'sewage'",
        "UPDATE meters SET monthly_limit = -1",
        "UPDATE letters SET kind = 'question'",
        "UPDATE letters SET name = NULL",
        "UPDATE letters SET status = 'answered'",
        "UPDATE letters SET account_id = 'a'",
        "INSERT INTO sequences VALUES ('other', 1)",
        "UPDATE news SET important = 2",
        "UPDATE outage_places SET street_key = ''",
        "UPDATE outage_places SET outage_id = 'none'",
        "UPDATE payments SET amount_kopecks = 0",
        "UPDATE payments SET status = 'paid'",
        "UPDATE payments SET receipt = '1'",
        "UPDATE registrations SET status = 'declined'",
        "UPDATE registrations SET answer = 'принято'",
    ];
    for place in [on_sqlite(), on_postgres()] {
        furnish(&place.storage);
        write(&place.storage, |tx| {
            tx.add_reading(&reading("x"))?;
            tx.add_letter(&letter("i", "?"))?;
            notices_and_more().iter().try_for_each(|sql| tx.run(sql, &[]).map(drop))
        });
        for sql in wrong {
            assert!(place.storage.write(|tx| tx.run(sql, &[])).is_err(), "{sql}");
        }
    }
}
