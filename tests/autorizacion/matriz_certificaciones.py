"""Rows of the budget certificates of an entity."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import bs, fila, mandato, no

PAGA = mandato("alcaldia", "PAGAR", "alberto")
# Who buys or evaluates for the entity sees its budget too.
_SE_VE: dict[str, Any] = {"tambien": {"sin_facultad"}, "contiene": True, "con_otros": "mira"}


def preparar(e: Escena) -> None:
    """A certificate of the municipality, and another one to annul."""
    from nucleo.reloj import ahora, fecha_bolivia

    e.valores["hoy_certificado"] = fecha_bolivia(ahora()).isoformat()
    for n, clave in enumerate(("certificacion", "certificacion_por_anular")):
        e.valores[clave] = certificar(e, f"MATRIZ-{n}", "30000.00")


def certificar(e: Escena, numero: str, monto: str) -> Any:
    from feria_inversa.certificaciones.esquemas import CertificacionEntrada
    from feria_inversa.certificaciones.registrar import registrar
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora, fecha_bolivia

    datos = {
        "ejecutora": "00",
        "numero": numero,
        "fecha": fecha_bolivia(ahora()).isoformat(),
        "monto": bs(monto),
        "objeto": "39500",
        "concepto": f"Abrigo {MARCA}",
    }
    with transaccion() as sesion:
        entrada = CertificacionEntrada.model_validate(datos)
        return registrar(sesion, e.actor("alberto"), e.unidades["alcaldia"].id, entrada).id


def _ya_anulada(e: Escena) -> None:
    from feria_inversa.certificaciones.registrar import anular
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        anular(sesion, e.actor("alberto"), e.valores["certificacion_por_anular"], "Se anuló hace un rato.")


_DE_UNA = "/api/v1/entidades-contratantes/{unidad_id}/certificaciones-presupuestarias"
_UNA = "/api/v1/certificaciones-presupuestarias/{certificacion_id}"
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
_LA = {"params": {"certificacion_id": "certificacion"}}
_POR_ANULAR = {"params": {"certificacion_id": "certificacion_por_anular"}}
_NUEVA = {
    "ejecutora": "00",
    "numero": "0412",
    "fecha": "{hoy_certificado}",
    "monto": bs("1200.00"),
    "objeto": "39500",
    "concepto": "Material de escritorio",
}
_ANULA = {"motivo": "La partida se reasignó."}

FILAS = [
    fila(
        "POST",
        _DE_UNA,
        PAGA,
        201,
        json=_NUEVA,
        **_DE_LA_ALCALDIA,
        con_otros="propone",
        negada=no(409, "certificacion_repetida", {"numero": "MATRIZ-0"}),
    ),
    fila("GET", _DE_UNA, PAGA, 200, **_DE_LA_ALCALDIA, **_SE_VE),
    fila("GET", _UNA, PAGA, 200, rechazo=404, **_LA, **_SE_VE),
    fila(
        "POST",
        _UNA + "/anulacion",
        PAGA,
        200,
        json=_ANULA,
        rechazo={"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403},
        **_POR_ANULAR,
        con_otros="propone",
        negada=no(409, "certificacion_no_permite", antes=_ya_anulada),
    ),
    fila("GET", "/entidades/{unidad_id}/certificaciones", PAGA, 200, **_DE_LA_ALCALDIA, **_SE_VE),
    fila(
        "POST",
        "/entidades/{unidad_id}/certificaciones",
        PAGA,
        303,
        form={"_id": "{nuevo}"} | _NUEVA | {"monto": "1200"},
        a="/certificaciones/",
        leen={"sin_facultad"},
        **_DE_LA_ALCALDIA,
        con_otros="propone",
        negada=no(409, "ya está registrada", {"numero": "MATRIZ-0"}),
    ),
    fila("GET", "/certificaciones/{certificacion_id}", PAGA, 200, rechazo=404, **_LA, **_SE_VE),
    fila(
        "POST",
        "/certificaciones/{certificacion_id}/anulacion",
        PAGA,
        303,
        form={"_id": "{nuevo}"} | _ANULA,
        a="/certificaciones/",
        rechazo={"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403},
        leen={"sin_facultad"},
        **_POR_ANULAR,
        con_otros="propone",
        negada=no(409, "no puede pasar", antes=_ya_anulada),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
