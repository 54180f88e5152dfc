"""Rows of the annual plan of an entity: its draft is its people's, what it published is everybody's."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import PUBLICO, bs, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")


def preparar(e: Escena) -> None:
    """A plan of this year, published, with a version after the first one; a draft of the next year's."""
    from feria_inversa.plan.consultas import linea_de
    from feria_inversa.plan.esquemas import Cambio, LineaEntrada
    from feria_inversa.plan.planificar import cambiar, crear, publicar_plan
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora, fecha_bolivia

    este = fecha_bolivia(ahora()).year
    alberto, alcaldia = e.actor("alberto"), e.unidades["alcaldia"].id
    una = LineaEntrada.model_validate(_LINEA)
    secreta = LineaEntrada.model_validate(_LINEA | {"objeto": f"Abrigo {MARCA}"})
    with transaccion() as sesion:
        publico = crear(sesion, alberto, alcaldia, este, [una, una]).id
        publicar_plan(sesion, alberto, publico)
    with transaccion() as sesion:
        revision = cambiar(
            sesion, alberto, publico, [Cambio(numero=2)], "Ya no hace falta este año."
        ).revision
        linea = linea_de(sesion, publico, 1).id
    with transaccion() as sesion:
        borrador = crear(sesion, alberto, alcaldia, este + 1, [secreta]).id
    e.valores |= {
        "plan_publico": publico,
        "plan_borrador": borrador,
        "linea_de_plan": linea,
        "numero_de_linea": 1,
        "numero_de_version": 1,
        "revision_publica": str(revision),
        "gestion_publica": este,
        "gestion_nueva": este + 2,
    }


_LINEA: dict[str, Any] = {
    "objeto": "Frazadas para el albergue",
    "mes": 6,
    "monto": bs("9000.00"),
    "partida": "33100",
}
_CAMBIA = {"cambios": [{"linea": _LINEA}], "motivo": "Se amplió el albergue."}
_DE_MAS = {"cambios": [{"linea": _LINEA}, {"linea": _LINEA | {"monto": bs("60000.00"), "modalidad": "CM"}}]}
_CSV = ("archivo", "lineas.csv", "objeto;mes;monto;partida\nCatres para el albergue;julio;12000;43120\n")
_CSV_MALO = ("archivo", "lineas.csv", "objeto;mes;monto;partida\nCatres para el albergue;13;12000;43120\n")

_DE_UNA = "/api/v1/entidades-contratantes/{unidad_id}/planes"
_TODOS = "/api/v1/planes-de-contratacion"
_UNO = _TODOS + "/{plan_id}"
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
_CON = "convocatorias"
_PUBLICO = {"params": {"plan_id": "plan_publico"}}
_BORRADOR = {"params": {"plan_id": "plan_borrador"}}
_COMO_SE_LEYO: dict[str, Any] = {"cabeceras": {"If-Match": '"1"'}, "alcance": _CON, "maquina": 404}
"""A draft that nobody changed since it was begun, and its line."""
# Who evaluates for the entity, alone or with others, sees what it prepares.
_SE_VE: dict[str, Any] = {"tambien": {"sin_facultad"}, "con_otros": "mira"}
_NO_EXISTE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}

_ID = {"_id": "{nuevo}"}
_LEIDO = _ID | {"_version": "1"}
_EN_PAGINA = _LINEA | {"monto": "9000", "mes": "6", "categoria": "bienes"}
_LINEA_DE = "/planes/{plan_id}/lineas/{numero}"
_LA_PRIMERA = {"params": {"plan_id": "plan_borrador", "numero": "numero_de_linea"}}

FILAS = [
    fila("GET", _TODOS, PUBLICO, 200),
    fila("GET", "/api/v1/lineas-de-plan", PUBLICO, 200),
    fila("GET", _UNO, PUBLICO, 200, **_PUBLICO),
    fila("GET", _UNO + "/lineas", PUBLICO, 200, **_PUBLICO),
    fila("GET", _UNO + "/versiones", PUBLICO, 200, **_PUBLICO),
    fila(
        "GET",
        _UNO + "/versiones/{version}",
        PUBLICO,
        200,
        params=_PUBLICO["params"] | {"version": "numero_de_version"},
    ),
    fila("GET", _DE_UNA, COMPRA, 200, alcance=_CON, **_DE_LA_ALCALDIA, **_SE_VE),
    fila(
        "POST",
        _DE_UNA,
        COMPRA,
        201,
        json={"gestion": "{gestion_nueva}", "lineas": [_LINEA]},
        alcance=_CON,
        **_DE_LA_ALCALDIA,
        negada=no(409, "plan_repetido", {"gestion": "{gestion_publica}"}),
    ),
    fila(
        "POST",
        _UNO + "/cambios",
        COMPRA,
        200,
        json=_CAMBIA,
        alcance=_CON,
        cabeceras={"If-Match": '"{revision_publica}"'},
        **_PUBLICO,
        negada=no(422, "modalidad_no_corresponde", _DE_MAS),
    ),
    fila(
        "POST",
        _UNO + "/archivo",
        COMPRA,
        200,
        archivo=_CSV,
        rechazo=_NO_EXISTE,
        **_COMO_SE_LEYO,
        **_BORRADOR,
        negada=no(422, "archivo_de_plan_invalido", archivo=_CSV_MALO),
    ),
    fila(
        "POST",
        _UNO + "/publicacion",
        COMPRA,
        200,
        rechazo=_NO_EXISTE,
        **_COMO_SE_LEYO,
        **_BORRADOR,
        negada=no(409, "plan_no_permite", params={"plan_id": "plan_publico"}),
    ),
    fila(
        "DELETE",
        _UNO,
        COMPRA,
        204,
        rechazo=_NO_EXISTE,
        **_COMO_SE_LEYO,
        **_BORRADOR,
        negada=no(409, "plan_no_permite", params={"plan_id": "plan_publico"}),
    ),
    fila("GET", "/feria/planes", PUBLICO, 200),
    fila("GET", "/feria/planes.csv", PUBLICO, 200),
    fila("GET", "/feria/mercado/temporada", PUBLICO, 200),
    fila("GET", "/feria/mercado/temporada.csv", PUBLICO, 200),
    fila("GET", "/feria/planes/{plan_id}", PUBLICO, 200, **_PUBLICO),
    fila("GET", "/feria/planes/{plan_id}.csv", PUBLICO, 200, **_PUBLICO),
    fila("GET", "/entidades/{unidad_id}/planes", COMPRA, 200, **_DE_LA_ALCALDIA, **_SE_VE),
    fila(
        "POST",
        "/entidades/{unidad_id}/planes",
        COMPRA,
        303,
        form=_ID | {"gestion": "{gestion_nueva}"},
        a="/planes/",
        leen={"sin_facultad"},
        **_DE_LA_ALCALDIA,
        negada=no(409, "ya tiene su plan", {"gestion": "{gestion_publica}"}),
    ),
    fila("GET", "/planes/{plan_id}", COMPRA, 200, rechazo=404, contiene=True, **_BORRADOR, **_SE_VE),
    fila("GET", "/planes/{plan_id}.csv", COMPRA, 200, rechazo=404, contiene=True, **_BORRADOR, **_SE_VE),
    fila(
        "POST",
        "/planes/{plan_id}/lineas",
        COMPRA,
        303,
        form=_ID | _EN_PAGINA,
        a="/planes/",
        leen={"sin_facultad"},
        rechazo=_NO_EXISTE,
        **_BORRADOR,
        negada=no(422, "corresponde ANPE", {"monto": "60000", "modalidad": "CM"}),
    ),
    fila(
        "POST",
        "/planes/{plan_id}/archivo",
        COMPRA,
        303,
        form=_ID,
        archivo=_CSV,
        a="/planes/",
        leen={"sin_facultad"},
        rechazo=_NO_EXISTE,
        **_BORRADOR,
        negada=no(422, "El mes es un número", archivo=_CSV_MALO),
    ),
    fila(
        "POST",
        "/planes/{plan_id}/publicacion",
        COMPRA,
        303,
        form=_LEIDO,
        a="/planes/",
        leen={"sin_facultad"},
        rechazo=_NO_EXISTE,
        **_BORRADOR,
        negada=no(409, "no puede pasar", params={"plan_id": "plan_publico"}),
    ),
    fila(
        "POST",
        "/planes/{plan_id}/eliminar",
        COMPRA,
        303,
        form=_LEIDO,
        a="/entidades/",
        leen={"sin_facultad"},
        rechazo=_NO_EXISTE,
        **_BORRADOR,
        negada=no(409, "Lo publicado no se elimina", params={"plan_id": "plan_publico"}),
    ),
    fila("GET", _LINEA_DE, COMPRA, 200, rechazo=_NO_EXISTE, contiene=True, **_LA_PRIMERA),
    fila(
        "POST",
        _LINEA_DE,
        COMPRA,
        303,
        form=_LEIDO | _EN_PAGINA,
        a="/planes/",
        rechazo=_NO_EXISTE,
        **_LA_PRIMERA,
        negada=no(422, "corresponde ANPE", {"monto": "60000", "modalidad": "CM"}),
    ),
    fila(
        "POST",
        _LINEA_DE + "/retiro",
        COMPRA,
        303,
        form=_LEIDO,
        a="/planes/",
        rechazo=_NO_EXISTE,
        **_LA_PRIMERA,
        negada=no(422, "Explique el motivo", params={"plan_id": "plan_publico"}),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
