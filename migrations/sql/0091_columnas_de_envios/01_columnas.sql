-- A row with a life is written in the columns that live; whose it is and what was asked stay as they were inserted.
REVOKE UPDATE ON ciudadania_sesion, envios_envio, envios_anulacion, envios_incidencia, envios_recojo,
    envios_promesa, envios_rastreador, envios_aviso, envios_agencia FROM qhatu_aplicacion;
GRANT UPDATE (visto_en, cerrado_en, motivo_cierre) ON ciudadania_sesion TO qhatu_aplicacion;
GRANT UPDATE (estado, estado_en, admitido_en, entregado_en, ultimo_evento_en, noticias_en, revisar_en,
    custodio_unidad_id, correcciones, intentos, codigo_version, codigo_fallos, codigo_de_tercero,
    espera_desde, espera_hasta, espera_avisada_en, prorrogado_en, latitud, longitud, cotizacion_id, version, creado_en) ON
    envios_envio TO qhatu_aplicacion;
GRANT UPDATE (estado, resuelta_en, resuelta_por, nota) ON envios_anulacion TO qhatu_aplicacion;
GRANT UPDATE (estado, resuelta_en, resuelta_por, resolucion, nota) ON envios_incidencia TO qhatu_aplicacion;
GRANT UPDATE (agencia_id, dia, franja, vez, estado, vence_en, terminado_en) ON envios_recojo TO
    qhatu_aplicacion;
GRANT UPDATE (admitido_en, servicio, entrega_el) ON envios_promesa TO qhatu_aplicacion;
GRANT UPDATE (envio_id, estado, visto_version, visto_evento_id, visto_estado, caduca_en, terminado_en) ON
    envios_rastreador TO qhatu_aplicacion;
GRANT UPDATE (dicho) ON envios_aviso TO qhatu_aplicacion;
GRANT UPDATE (nombre, clase, municipio_ine, direccion, latitud, longitud, telefono, estado, cerrada_en,
    cerrada_motivo, version, cambiada_en) ON envios_agencia TO qhatu_aplicacion;
