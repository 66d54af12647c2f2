-- Replaced meters and dials that went round, registers of tariff zones, limits, residents, agreed visits.

-- A meter with several tariff zones is one row a register, all with the same serial.
ALTER TABLE meter ADD COLUMN zone TEXT;
-- Use of a month, ten-thousandths, above which the utility takes no reading.
ALTER TABLE meter ADD COLUMN use_limit INTEGER;
ALTER TABLE meter ADD COLUMN replaces TEXT;

-- Registered persons: what a norm is multiplied by.
ALTER TABLE account ADD COLUMN residents INTEGER CHECK (residents >= 0);

-- What the resident says about a value below the last one. `replacement` is JSON of two decimals,
-- final_value of the old dial and initial_value of the new one.
ALTER TABLE reading ADD COLUMN rollover INTEGER NOT NULL DEFAULT 0 CHECK (rollover IN (0, 1));
ALTER TABLE reading ADD COLUMN replacement TEXT CHECK (replacement IS NULL OR json_valid(replacement));
ALTER TABLE capture ADD COLUMN zone TEXT;
ALTER TABLE capture ADD COLUMN rollover INTEGER NOT NULL DEFAULT 0 CHECK (rollover IN (0, 1));
ALTER TABLE capture ADD COLUMN replacement TEXT CHECK (replacement IS NULL OR json_valid(replacement));

-- Visits of a specialist or an inspector, as the resident has noted them; dates and times of the utility's zone.
CREATE TABLE visit (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    date       TEXT NOT NULL CHECK (length(date) = 10),
    from_time  TEXT CHECK (length(from_time) = 5),
    until_time TEXT CHECK (length(until_time) = 5),
    note       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
