REVOKE ALL ON ALL TABLES IN SCHEMA public FROM qhatu_aplicacion;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM qhatu_aplicacion;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM qhatu_aplicacion;
REVOKE ALL ON SCHEMA public FROM qhatu_aplicacion;

DROP FUNCTION pagos_abrir, pagos_nivelar, pagos_cerrar, pagos_marcar_congelada;
ALTER FUNCTION pagos_congelar(uuid, bigint, text, text, uuid) SECURITY INVOKER RESET ALL;
ALTER FUNCTION pagos_descongelar(bigint, text, text, uuid) SECURITY INVOKER RESET ALL;
ALTER FUNCTION registro_numerar() SECURITY INVOKER RESET ALL;
ALTER FUNCTION registro_indexar() SECURITY INVOKER RESET ALL;
ALTER FUNCTION pagos_intento_anotar() SECURITY INVOKER RESET ALL;
GRANT EXECUTE ON FUNCTION
    pagos_transferir, pagos_vencer, pagos_congelar, pagos_descongelar, registro_numerar, registro_indexar,
    registro_constancia, pagos_intento_anotar, constancia_anotar, constancia_integrar
    TO PUBLIC;

CREATE OR REPLACE FUNCTION nucleo_ahora() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT clock_timestamp()
         + coalesce(nullif(current_setting('qhatu.desfase', true), ''), '0')::interval
$$;
DROP FUNCTION nucleo_desfase();
DROP TABLE nucleo_reloj;
