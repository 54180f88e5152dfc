-- Up to which entry of the ledger the webhooks told of an account; one row an account that is told of.
CREATE TABLE pagos_cambio_avisado (
    cuenta_id BIGINT NOT NULL,
    numero BIGINT NOT NULL,
    CONSTRAINT pk_pagos_cambio_avisado PRIMARY KEY (cuenta_id),
    CONSTRAINT fk_pagos_cambio_avisado_cuenta_id FOREIGN KEY (cuenta_id) REFERENCES pagos_cuenta (id)
);
GRANT SELECT, INSERT, UPDATE (numero) ON pagos_cambio_avisado TO qhatu_aplicacion;
