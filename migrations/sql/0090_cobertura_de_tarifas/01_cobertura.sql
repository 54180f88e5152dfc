-- Where a service arrives is read from the rates in force. What was written apart had no price, so nobody could be served by it;
-- who wrote it and when stays in the audit trail.
DROP TABLE envios_cobertura;
DROP FUNCTION envios_cobertura_guardia();
