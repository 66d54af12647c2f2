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
