"""Rows of who holds each role of contracting: naming, ceasing, and who is left out."""

from typing import Any

from tests.autorizacion.escena import Escena, apoderar
from tests.autorizacion.feria import llamar
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no, persona
from tests.ayudas.personas import nueva_persona

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
_MOTIVO = "Su hermana trabaja en una de las que ofertó."


def nombrar(e: Escena) -> None:
    """A process with people named, one of whom ceased and two of whom excused themselves; another, opened,
    whose bidder may recuse; and an entity with its legal unit.
    """
    from feria_inversa.designaciones.designar import cesar
    from feria_inversa.designaciones.excusas import excusarse
    from nucleo.bd import transaccion

    llamar(e, "nombrada", dias=15)
    e.personas["elsa"] = elsa = nueva_persona("Elsa")
    apoderar(e.unidades["alcaldia"], ["EVALUAR"], persona=elsa)
    e.valores |= {"persona_elsa": str(elsa.id), "ci_elsa": elsa.ci}
    alberto = e.personas["alberto"]
    _en(e, "nombrada", "calificacion", alberto, "designacion_alberto")
    llamar(e, "excusada", dias=15)  # who excused themselves does nothing in their process
    _en(e, "excusada", "solicitante", alberto, "designacion_excusada")
    _en(e, "nombrada", "calificacion", elsa, "designacion_elsa")
    _en(e, "nombrada", "solicitante", elsa, "designacion_cesada")
    _en(e, "abierta", "solicitante", alberto, "designacion_abierta")
    _en(e, "informada", "calificacion", alberto, "designacion_informada")
    _en(e, None, "juridica", alberto, "designacion_juridica")
    with transaccion() as sesion:
        cesar(sesion, e.actor("alberto"), e.valores["designacion_cesada"], "Se fue a otra entidad.")
    for clave, quien in (("excusada", "alberto"), ("elsa", "elsa")):
        with transaccion() as sesion:
            hecha = excusarse(sesion, e.actor(quien), e.valores[f"designacion_{clave}"], _MOTIVO)
            e.valores[f"excusa_{clave}"] = hecha.id


def _en(e: Escena, clave: str | None, papel: str, quien: Any, como: str) -> None:
    from feria_inversa.designaciones.designar import (
        Nombramiento,
        designar_en_entidad,
        designar_en_proceso,
    )
    from feria_inversa.papeles import Papel
    from nucleo.bd import transaccion

    nuevo = Nombramiento(Papel(papel), quien.id)
    with transaccion() as sesion:
        if clave is None:
            fila = designar_en_entidad(sesion, e.actor("alberto"), e.unidades["alcaldia"].id, nuevo)
        else:
            fila = designar_en_proceso(sesion, e.actor("alberto"), e.valores[clave], nuevo)
        e.valores[como] = fila.id


def _de(clave: str, **mas: str) -> dict[str, Any]:
    return {"params": {"convocatoria_id": clave, **mas}}


_PROCESO = "/api/v1/convocatorias/{convocatoria_id}/papeles"
_ENTIDAD = "/api/v1/entidades-contratantes/{unidad_id}/papeles"
_UNA = "/api/v1/designaciones/{designacion_id}"
_GESTION = "/compras/{convocatoria_id}"
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
_NOMBRA = {"papel": "recepcion", "ci": "{ci_alberto}", "documento": "M 1/2026"}
_NOMBRA_EN_ENTIDAD = {"papel": "rpa", "ci": "{ci_alberto}"}
_FORM = {"papel": "recepcion", "persona": "{persona_alberto}", "documento": "M 1/2026"}
_FORM_DE_ENTIDAD = {"papel": "rpa", "persona": "{persona_alberto}"}
_AJENA = {"ci": "{ci_tomasa}"}
_AJENA_DE_PAGINA = {"persona": "{persona_tomasa}"}
_CESE = {"motivo": "Se va de la entidad."}
_RESUELVE = {"decision": "aceptada", "fundamento": "Es verdad, y basta con eso."}
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_ALBERTO = persona("alberto")
_EVALUA = mandato("alcaldia", "EVALUAR", "alberto")
_NOMBRADO = "lo nombraron para evaluar este proceso"
_INFORME = {"decisiones": [{"item_id": "{item_informada}", "oferta_id": "{oferta_informada}"}]}
_DESIERTO = {"decisiones": [{"item_id": "{item_informada}", "oferta_id": None}]}
_INFORME_DE_PAGINA = {"decisiones.1.oferta_id": "{oferta_informada}"}
_LA_EXCUSADA = {"designacion_id": "designacion_excusada"}

FILAS: list[Fila] = [
    fila("GET", _PROCESO, PUBLICO, 200, **_de("nombrada")),
    fila(
        "POST",
        _PROCESO,
        COMPRA,
        201,
        json=_NOMBRA,
        **_de("publicada"),
        negada=no(422, "papel_no_corresponde", _AJENA),
    ),
    fila("GET", _ENTIDAD, ADMINISTRA, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        _ENTIDAD,
        ADMINISTRA,
        201,
        json=_NOMBRA_EN_ENTIDAD,
        **_DE_LA_ALCALDIA,
        negada=no(422, "papel_no_corresponde", _AJENA),
    ),
    fila(
        "POST",
        _UNA + "/cese",
        COMPRA,
        200,
        json=_CESE,
        params={"designacion_id": "designacion_elsa"},
        negada=no(409, "designacion_terminada", params={"designacion_id": "designacion_cesada"}),
    ),
    fila(
        "POST",
        _UNA + "/excusa",
        _ALBERTO,
        201,
        json={"motivo": _MOTIVO},
        rechazo=404,
        params={"designacion_id": "designacion_alberto"},
        negada=no(409, "no_se_recusa", params=_LA_EXCUSADA),
    ),
    fila(
        "POST",
        _UNA + "/recusaciones",
        OFERTA,
        201,
        json={"unidad_id": "{unidad_tienda}", "motivo": _MOTIVO},
        params={"designacion_id": "designacion_abierta"},
        negada=no(409, "no_se_recusa", params={"designacion_id": "designacion_alberto"}),
    ),
    fila(
        "POST",
        "/api/v1/excusas/{excusa_id}/resolucion",
        ADMINISTRA,
        200,
        json=_RESUELVE,
        params={"excusa_id": "excusa_elsa"},
        negada=no(409, "no_se_recusa", params={"excusa_id": "excusa_excusada"}),
    ),
    fila(
        "POST",
        "/api/v1/convocatorias/{convocatoria_id}/informe",
        _EVALUA,
        201,
        json=_INFORME,
        solo_quien=_NOMBRADO,
        **_de("informada"),
        negada=no(422, "falta_motivo", _DESIERTO),
    ),
    fila(
        "POST",
        _GESTION + "/informe",
        _EVALUA,
        303,
        form=_INFORME_DE_PAGINA,
        solo_quien=_NOMBRADO,
        a="/compras/",
        rechazo=_NO_VE,
        **_de("informada"),
        negada=no(422, "explique por qué", {"decisiones.1.oferta_id": "desierto"}),
    ),
    fila("GET", "/feria/{convocatoria_id}/papeles", PUBLICO, 200, **_de("nombrada")),
    fila(
        "POST",
        "/feria/{convocatoria_id}/papeles/{designacion_id}/excusa",
        _ALBERTO,
        303,
        form={"motivo": _MOTIVO},
        rechazo=404,
        a="/feria/",
        **_de("nombrada", designacion_id="designacion_alberto"),
        negada=no(409, "Ya se excusó", params=_LA_EXCUSADA),
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/recusaciones",
        OFERTA,
        303,
        form={"unidad_id": "{unidad_tienda}", "designacion": "{designacion_abierta}", "motivo": _MOTIVO},
        a="/feria/",
        **_de("abierta"),
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "GET",
        _GESTION + "/papeles",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("nombrada"),
    ),
    fila(
        "POST",
        _GESTION + "/papeles",
        COMPRA,
        303,
        form=_FORM,
        a="/compras/",
        rechazo=_NO_VE,
        **_de("publicada"),
        negada=no(422, "Solo se nombra a quien", _AJENA_DE_PAGINA),
    ),
    fila(
        "POST",
        _GESTION + "/ceses",
        COMPRA,
        303,
        form=_CESE | {"designacion": "{designacion_elsa}"},
        a="/compras/",
        rechazo=_NO_VE,
        **_de("nombrada"),
        negada=no(409, "ya terminó", {"designacion": "{designacion_cesada}"}),
    ),
    fila(
        "POST",
        _GESTION + "/excusas/{excusa_id}/resolucion",
        ADMINISTRA,
        303,
        form=_RESUELVE,
        a="/compras/",
        rechazo=_NO_VE,
        **_de("nombrada", excusa_id="excusa_elsa"),
        negada=no(409, "Nadie resuelve en su propio caso", params={"excusa_id": "excusa_excusada"}),
    ),
    fila("GET", "/entidades/{unidad_id}/papeles", ADMINISTRA, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        "/entidades/{unidad_id}/papeles",
        ADMINISTRA,
        303,
        form=_FORM_DE_ENTIDAD,
        a="/entidades/",
        **_DE_LA_ALCALDIA,
        negada=no(422, "Solo se nombra a quien", _AJENA_DE_PAGINA),
    ),
    fila(
        "POST",
        "/entidades/{unidad_id}/ceses",
        ADMINISTRA,
        303,
        form=_CESE | {"designacion": "{designacion_juridica}"},
        a="/entidades/",
        **_DE_LA_ALCALDIA,
        negada=no(409, "ya terminó", {"designacion": "{designacion_cesada}"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: nombrar}
