"""The written list of what asks for a recent sign-in, by risk (docs/decisiones/0020-ingreso-reciente.md).

Whatever is not here was looked at and asks for none; the matrix tries every route both ways with a sign-in of
three hours ago.
"""

_UNA = "/api/v1/unidades-economicas/{numero}"
_MIA = "/mis-unidades/{numero}"

PODERES = {
    f"POST {_UNA}/mandatos-conjuntos",
    f"GET {_MIA}/mandatos/conjunto",
    f"POST {_MIA}/mandatos/conjunto",
    f"POST {_UNA}/mandatos",
    "POST /api/v1/mandatos/{mandato_id}/revocacion",
    "POST /api/v1/mandatos/{mandato_id}/remocion",
    "POST /api/v1/mandatos/{mandato_id}/aceptacion",
    "POST /api/v1/mandatos/{mandato_id}/declinacion",
    "PUT /api/v1/mandatos/{mandato_id}/asignados",
    "POST /mandatos-ofrecidos/{mandato_id}/aceptacion",
    "POST /mandatos-ofrecidos/{mandato_id}/declinacion",
    f"POST {_MIA}/clientes/{{mandato_id}}/{{persona_id}}",
    f"POST {_MIA}/clientes/{{mandato_id}}/renuncia",
    f"GET {_MIA}/mandatos/nuevo",
    f"POST {_MIA}/mandatos/nuevo",
    f"POST {_MIA}/mandatos/{{mandato_id}}/revocar",
    f"POST {_UNA}/webhooks",
    f"DELETE {_UNA}/webhooks/{{webhook_id}}",
    f"POST {_UNA}/webhooks/{{webhook_id}}/secreto",
    f"POST {_MIA}/webhooks",
    f"POST {_MIA}/webhooks/{{webhook_id}}/secreto",
    f"POST {_MIA}/webhooks/{{webhook_id}}/baja",
    f"POST {_UNA}/clientes",
    f"POST {_UNA}/clientes/{{cliente_id}}/rotacion",
    f"POST {_UNA}/clientes/{{cliente_id}}/revocacion",
    f"POST {_MIA}/programas",
    f"POST {_MIA}/programas/{{cliente_id}}/rotar",
    f"POST {_MIA}/programas/{{cliente_id}}/desconectar",
    "POST /api/v1/agencias-postales/{agencia_id}/trabajadores",
    "DELETE /api/v1/agencias-postales/{agencia_id}/trabajadores/{persona_id}",
    "POST /envios/operador/agencias/{agencia_id}/gente",
    "POST /envios/operador/agencias/{agencia_id}/gente/{persona_id}/retiro",
}
REGISTRO = {
    f"POST {_UNA}/inscripcion",
    f"POST {_UNA}/observacion",
    f"POST {_UNA}/suspension",
    f"POST {_UNA}/rehabilitacion",
    f"POST {_UNA}/cancelacion",
    f"POST {_UNA}/habilitaciones/{{habilitacion}}/otorgamiento",
    f"POST {_UNA}/habilitaciones/{{habilitacion}}/rechazo",
    f"POST {_UNA}/habilitaciones/{{habilitacion}}/suspension",
    f"POST {_MIA}/cancelar",
    f"POST {_UNA}/rectificacion",
    "POST /api/v1/competencias",
    "POST /api/v1/competencias/{id}/retiro",
    "POST /api/v1/normas",
    "POST /api/v1/normas/{codigo}/derogacion",
    "POST /regulador/competencias",
    "POST /regulador/competencias/{id}/retirar",
    "POST /regulador/normas",
    "POST /regulador/normas/{codigo}/derogar",
    "POST /regulador/unidades/{numero}/rectificar",
    "POST /regulador/unidades/{numero}/{decision}",
    f"POST {_UNA}/recuperaciones",
    "POST /api/v1/recuperaciones/{recuperacion_id}/resolucion",
    "POST /regulador/unidades/{numero}/recuperacion",
    "POST /regulador/unidades/{numero}/recuperacion/{recuperacion_id}",
    "POST /regulador/unidades/{numero}/habilitaciones/{habilitacion}",
}
REGLAS = {
    "POST /regulador/pagos/cuentas/{cuenta_id}/{accion}",
    "POST /regulador/pagos/limites",
    "POST /api/v1/limites",
    "POST /regulador/pagos/comisiones",
    "POST /regulador/pagos/velocidad",
    "POST /api/v1/feriados",
    "POST /api/v1/feriados/anios",
    "POST /regulador/feriados",
    "POST /regulador/feriados/anios",
}
DINERO = {
    "GET /billetera/retirar",
    "POST /billetera/retirar",
    "POST /billetera/retirar/confirmar",
    "POST /api/v1/retiros",
    "POST /api/v1/actos/{acto_id}/firma",
    "POST /api/v1/actos/{acto_id}/rechazo",
    "POST /api/v1/actos/{acto_id}/retiro",
    "POST /por-firmar/{acto_id}/firmar",
    "POST /por-firmar/{acto_id}/rechazar",
    "POST /por-firmar/{acto_id}/retirar",
    "POST /api/v1/planillas/{planilla_id}/presentacion",
    "POST /billetera/planillas/{planilla_id}/presentar",
    "POST /api/v1/planillas/{planilla_id}/rechazo",
    "POST /billetera/planillas/{planilla_id}/rechazar",
    "POST /api/v1/planillas/{planilla_id}/aprobacion",
    "POST /billetera/planillas/{planilla_id}/aprobar",
    "POST /regulador/retiros/lotes",
    "POST /regulador/banco/archivos",
    "POST /regulador/banco/movimientos/{movimiento_id}/decision",
    "POST /api/v1/banco/archivos",
    "POST /api/v1/banco/movimientos/{movimiento_id}/decision",
    "POST /regulador/retiros/{retiro_id}/resolver",
    "POST /regulador/pagos-con-tarjeta/{intento_id}/devolver",
}
SEGURIDAD = {
    "POST /api/v1/cuentas/{cuenta_id}/descongelar",
    "POST /billetera/seguridad/descongelar",
}
RIESGOS: dict[str, str] = {
    ruta: riesgo
    for riesgo, rutas in (
        ("poderes", PODERES),
        ("registro", REGISTRO),
        ("reglas", REGLAS),
        ("dinero", DINERO),
        ("seguridad", SEGURIDAD),
    )
    for ruta in rutas
}
NO_PIDE: dict[str, str] = {}
"""Rows of those routes whose act has no risk, and why: by the name of the row."""
