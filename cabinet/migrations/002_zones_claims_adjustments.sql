-- Registers of one meter, what residents say of a dial that starts again, and charges that no volume makes.

ALTER TABLE meters ADD COLUMN zone TEXT;              -- the register's tariff zone, 'T1'
ALTER TABLE meters ADD COLUMN monthly_limit INTEGER   -- its own; without one, the configuration's holds
    CHECK (monthly_limit >= 0);
CREATE INDEX meters_by_successor ON meters (replaced_by);
