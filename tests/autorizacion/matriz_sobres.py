"""Rows of who holds the keys of sealed bids: named by an entity; their key, their rehearsal, their part."""

from typing import Any
from uuid import uuid4

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import _habil
from tests.autorizacion.filas import CIUDADANO, PUBLICO, Fila, bs, fila, mandato, no, persona
from tests.ayudas.personas import nueva_persona, nueva_unidad, nuevo_actor

DEPOSITARIA = persona("ana")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
_MALA = no(422, "Son siete grupos", {"clave": "AAAA-BBBB"})


def nombrar(e: Escena) -> None:
    """Two entities of their own: of one the keys are held and a call is sealed to them, and another group
    rehearses; a group of the other waits for the keys of its people, as one of the town hall does.
    """
    from feria_inversa.llaves import hpke, llave_de, secreto
    from feria_inversa.llaves.consultas import llave_de_ensayo
    from feria_inversa.llaves.resguardos import ensayar, inscribir, parte_abierta
    from feria_inversa.llaves.resguardos import nombrar as nombrar_a
    from nucleo.bd import transaccion

    quienes = [e.personas[n] for n in ("ana", "luis", "marta")]
    claves = [secreto.nuevo() for _ in quienes]
    e.valores["clave_de_ana"] = claves[0]
    e.valores["publica_de_ana"] = hpke.publica_de(secreto.privada_del(secreto.leer(claves[0]) or "")).hex()
    jefa = nueva_persona("Selma")
    for entidad, cins, grupos in (
        ("sellos", "1998", ("vigente", "ensayo")),
        ("timbres", "1999", ("inscripcion",)),
    ):
        unidad = nueva_unidad(
            f"Entidad de {entidad}",
            tipo="ENTIDAD_PUBLICA",
            representante=jefa,
            habilitaciones=["ENTIDAD_CONTRATANTE"],
            identificadores={"BO-CINS": cins, "BO-NIT": f"100000{cins[-1]}"},
        )
        for grupo in grupos:
            with transaccion() as sesion:
                ids = [quien.id for quien in quienes]
                hecho = nombrar_a(sesion, nuevo_actor(jefa), unidad.id, 2, ids, uuid4()).id
            e.valores[f"resguardo_{grupo}"] = hecho
            for quien, clave in zip(quienes, claves, strict=True):
                if grupo == "inscripcion":
                    continue
                publica = hpke.publica_de(secreto.privada_del(secreto.leer(clave) or ""))
                with transaccion() as sesion:
                    inscribir(sesion, nuevo_actor(quien), hecho, publica)
            for quien, clave in zip(quienes, claves, strict=True):
                if grupo == "vigente":
                    with transaccion() as sesion:
                        ensayar(sesion, nuevo_actor(quien), hecho, clave=clave)
        if "vigente" in grupos:
            _sellar(e, nuevo_actor(jefa), unidad.id)
    with transaccion() as sesion:
        ids = [quien.id for quien in quienes]
        hecho = nombrar_a(sesion, e.actor("alberto"), e.unidades["alcaldia"].id, 2, ids, uuid4()).id
    e.valores["resguardo_alcaldia"] = hecho
    with transaccion() as sesion:
        for valor, llave in (
            ("palabras_del_ensayo", llave_de_ensayo(sesion, e.valores["resguardo_ensayo"])),
            ("palabras_de_la_llave", llave_de(sesion, e.valores["sellada"])),
        ):
            assert llave is not None
            e.valores[valor] = parte_abierta(
                sesion, llave, nuevo_actor(quienes[0]), palabras="", clave=claves[0]
            )[1]


def _sellar(e: Escena, jefa: Any, unidad_id: Any) -> None:
    """A call of that entity, past its deadline today, with the bid of the shop."""
    from feria_inversa.ofertas.esquemas import LineaEntrada
    from feria_inversa.ofertas.ofertas import presentar_oferta
    from feria_inversa.procesos.consultas import items_de
    from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
    from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
    from nucleo.bd import transaccion

    datos = {"titulo": "Sellos de la matriz", "municipio_ine": "020101", "plazo_entrega_dias": 30}
    pedido = {
        "descripcion": "Sello de goma",
        "cantidad": "4",
        "unidad_medida": "pieza",
        "precio_referencial": bs("100.00"),
    }
    with transaccion() as sesion:
        hecha = crear_borrador(
            sesion,
            jefa,
            unidad_id,
            ConvocatoriaEntrada.model_validate(datos),
            [ItemEntrada.model_validate(pedido)],
        )
        item = items_de(sesion, hecha.id)[0].id
        e.valores["sellada"] = hecha.id
    with transaccion() as sesion:
        publicar_convocatoria(sesion, jefa, e.valores["sellada"], _habil(15))
    linea = {"item_id": item, "precio_unitario": bs("90.00"), "marca": "Artesanal", "plazo_dias": 15}
    with transaccion() as sesion:
        presentar_oferta(
            sesion,
            e.actor("tomasa"),
            e.valores["sellada"],
            e.unidades["tienda"].id,
            [LineaEntrada.model_validate(linea)],
        )


FILAS: list[Fila] = [
    fila("GET", "/llaves-que-guardo", CIUDADANO, 200),
    fila("GET", "/entidades/{unidad_id}/resguardos", ADMINISTRA, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        "/entidades/{unidad_id}/resguardos",
        ADMINISTRA,
        303,
        form={"cedulas": "{ci_ana}\n{ci_luis}\n{ci_marta}", "umbral": "2"},
        a="/resguardos/",
        **_DE_LA_ALCALDIA,
        negada=no(422, "No conocemos a quien tiene esta", {"cedulas": "{ci_ana}\n99999999"}),
    ),
    fila("GET", "/resguardos/{resguardo_id}", PUBLICO, 200, params={"resguardo_id": "resguardo_vigente"}),
    fila(
        "POST",
        "/resguardos/{resguardo_id}/fin",
        ADMINISTRA,
        303,
        form={"motivo": "Dos de los tres ya no trabajan aquí."},
        rechazo=404,
        a="/resguardos/",
        params={"resguardo_id": "resguardo_alcaldia"},
        negada=no(422, "al menos 10 letras", {"motivo": "Se fueron"}),
    ),
    fila(
        "POST",
        "/resguardos/{resguardo_id}/perdida",
        DEPOSITARIA,
        303,
        form={},
        rechazo=404,
        a="/resguardos/",
        params={"resguardo_id": "resguardo_vigente"},
        negada=no(409, "traiga otra clave", params={"resguardo_id": "resguardo_ensayo"}),
    ),
    fila(
        "POST",
        "/resguardos/{resguardo_id}/negativa",
        DEPOSITARIA,
        303,
        form={},
        rechazo=404,
        a="/resguardos/",
        params={"resguardo_id": "resguardo_ensayo"},
        negada=no(409, "Ya guarda llaves", params={"resguardo_id": "resguardo_vigente"}),
    ),
    fila(
        "POST",
        "/resguardos/{resguardo_id}/clave",
        DEPOSITARIA,
        303,
        form={"publica": "{publica_de_ana}"},
        rechazo=404,
        a="/resguardos/",
        params={"resguardo_id": "resguardo_inscripcion"},
        negada=no(422, "Eso no es una clave", {"publica": "00" * 32}),
    ),
    fila(
        "POST",
        "/resguardos/{resguardo_id}/ensayo",
        DEPOSITARIA,
        303,
        form={"clave": "{clave_de_ana}"},
        rechazo=404,
        a="/resguardos/",
        params={"resguardo_id": "resguardo_ensayo"},
        negada=_MALA,
    ),
    fila(
        "GET",
        "/feria/{convocatoria_id}/llave",
        DEPOSITARIA,
        200,
        rechazo=404,
        params={"convocatoria_id": "sellada"},
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/llave",
        DEPOSITARIA,
        303,
        form={"clave": "{clave_de_ana}"},
        rechazo=404,
        a="/feria/",
        params={"convocatoria_id": "sellada"},
        negada=_MALA,
    ),
]
_INSCRIPCION = {"resguardo_id": "resguardo_inscripcion"}
_ENSAYO = {"resguardo_id": "resguardo_ensayo"}
_VIGENTE = {"resguardo_id": "resguardo_vigente"}
_SELLADA = {"convocatoria_id": "sellada"}
_NO_ES_SU_PARTE = no(422, "parte_equivocada", {"palabras": "estas no son"})
API: list[Fila] = [
    fila("GET", "/api/v1/entidades-contratantes/{unidad_id}/resguardos", ADMINISTRA, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        "/api/v1/entidades-contratantes/{unidad_id}/resguardos",
        ADMINISTRA,
        201,
        json={"umbral": 2, "personas": [{"ci": "{ci_ana}"}, {"ci": "{ci_luis}"}, {"ci": "{ci_marta}"}]},
        **_DE_LA_ALCALDIA,
        negada=no(422, "datos_invalidos", {"personas": [{"ci": "{ci_ana}"}, {"ci": "99999999"}]}),
    ),
    fila("GET", "/api/v1/resguardos", CIUDADANO, 200),
    fila("GET", "/api/v1/resguardos/{resguardo_id}", PUBLICO, 200, params=_VIGENTE),
    fila(
        "PUT",
        "/api/v1/resguardos/{resguardo_id}/clave",
        DEPOSITARIA,
        200,
        json={"publica": "{publica_de_ana}"},
        rechazo=404,
        params=_INSCRIPCION,
        negada=no(422, "datos_invalidos", {"publica": "00" * 32}),
    ),
    fila("GET", "/api/v1/resguardos/{resguardo_id}/parte", DEPOSITARIA, 200, rechazo=404, params=_ENSAYO),
    fila(
        "POST",
        "/api/v1/resguardos/{resguardo_id}/ensayo",
        DEPOSITARIA,
        200,
        json={"palabras": "{palabras_del_ensayo}"},
        rechazo=404,
        params=_ENSAYO,
        negada=_NO_ES_SU_PARTE,
    ),
    fila(
        "POST",
        "/api/v1/resguardos/{resguardo_id}/perdida",
        DEPOSITARIA,
        200,
        rechazo=404,
        params=_VIGENTE,
        negada=no(409, "resguardo_no_permite", params=_ENSAYO),
    ),
    fila(
        "POST",
        "/api/v1/resguardos/{resguardo_id}/negativa",
        DEPOSITARIA,
        200,
        rechazo=404,
        params=_ENSAYO,
        negada=no(409, "resguardo_no_permite", params=_VIGENTE),
    ),
    fila(
        "POST",
        "/api/v1/resguardos/{resguardo_id}/fin",
        ADMINISTRA,
        200,
        json={"motivo": "Dos de los tres ya no trabajan aquí."},
        rechazo=404,
        params={"resguardo_id": "resguardo_alcaldia"},
        negada=no(422, "datos_invalidos", {"motivo": "Se fueron"}),
    ),
    fila(
        "GET",
        "/api/v1/convocatorias/{convocatoria_id}/parte",
        DEPOSITARIA,
        200,
        rechazo=404,
        params=_SELLADA,
    ),
    fila(
        "POST",
        "/api/v1/convocatorias/{convocatoria_id}/parte",
        DEPOSITARIA,
        200,
        json={"palabras": "{palabras_de_la_llave}"},
        rechazo=404,
        params=_SELLADA,
        negada=_NO_ES_SU_PARTE,
    ),
]
FILAS += API
CONSTANTES: dict[str, object] = {}
HISTORIA = {-60: nombrar}
