-- Registers of one meter, what residents say of a dial that starts again, and charges that no volume makes.

ALTER TABLE meters ADD COLUMN zone TEXT;              -- the register's tariff zone, 'T1'
ALTER TABLE meters ADD COLUMN monthly_limit INTEGER   -- its own; without one, the configuration's holds
    CHECK (monthly_limit >= 0);
CREATE INDEX meters_by_successor ON meters (replaced_by);

-- The resident says that the meter was replaced before this value; `rollover` says that its dial turned. Never both.
ALTER TABLE readings ADD COLUMN replacement_final INTEGER      -- the old meter's last value
    CHECK (replacement_final IS NULL OR (replacement_final >= 0 AND rollover = 0));
ALTER TABLE readings ADD COLUMN replacement_initial INTEGER    -- the new meter's first value
    CHECK (replacement_initial >= 0);
ALTER TABLE readings ADD COLUMN replacement_serial TEXT        -- the new meter's factory number, where known
    CHECK ((replacement_final IS NULL) = (replacement_initial IS NULL)
           AND (replacement_serial IS NULL OR replacement_final IS NOT NULL));

-- A benefit or a recalculation is an amount with a note, and need not be of any one service.
CREATE TABLE charge_lines_anew (
    account_id     TEXT NOT NULL,
    period         TEXT NOT NULL,
    line           INTEGER NOT NULL,
    resource       TEXT CHECK (resource IN ('cold_water', 'hot_water', 'sewage')),
    meter_id       TEXT REFERENCES meters (id),
    reading_id     TEXT REFERENCES readings (id),
    basis          TEXT NOT NULL CHECK (basis IN ('meter', 'average', 'norm', 'benefit', 'recalculation')),
    from_value     INTEGER,
    to_value       INTEGER,
    volume         INTEGER NOT NULL,
    tariff_kopecks INTEGER NOT NULL,
    amount_kopecks INTEGER NOT NULL,
    note           TEXT,
    PRIMARY KEY (account_id, period, line),
    FOREIGN KEY (account_id, period) REFERENCES charges (account_id, period),
    CHECK (resource IS NOT NULL OR basis IN ('benefit', 'recalculation')),
    CHECK ((volume = 0 AND tariff_kopecks = 0) OR basis IN ('meter', 'average', 'norm'))
) STRICT, WITHOUT ROWID;
INSERT INTO charge_lines_anew SELECT *, NULL FROM charge_lines;
DROP TABLE charge_lines;
ALTER TABLE charge_lines_anew RENAME TO charge_lines;
