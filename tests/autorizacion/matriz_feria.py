"""Rows of the reverse fair: the entity's calls and acts, sealed bids, open data; API and pages."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5
from typing import Any
from uuid import UUID

from tests.autorizacion.escena import MARCA, Escena, apoderar
from tests.autorizacion.filas import PUBLICO, Fila, Quien, bs, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
EVALUA = mandato("alcaldia", "EVALUAR", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
PAGA = mandato("alcaldia", "PAGAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
MIS_OFERTAS = Quien("tomasa", "tienda", "OFERTAR", libre=True)


def publicar(e: Escena) -> None:
    """Calls of some time ago, with a bid of the shop in each."""
    for clave in ("cerrada", "abierta", "adjudicada", "ordenada", *_ACEPTADAS, *_IMPUGNABLES):
        llamar(e, clave, dias=15)
        ofertar(e, clave)


def _habil(dias: int, paso: int = -1) -> datetime:
    """So many days from now, or the nearest instant of a working day before it (after it)."""
    from nucleo.bd import transaccion
    from nucleo.plazos import calendario
    from nucleo.reloj import ahora, fecha_bolivia

    instante = ahora() + timedelta(days=dias)
    with transaccion() as sesion:
        actual = calendario(sesion)
        while not actual.es_habil(fecha_bolivia(instante), ["010101", "020101"]):
            instante += timedelta(days=paso)
    return instante


def decidir(e: Escena) -> None:
    """Their deadline is over: one is opened, another awarded, another ordered."""
    from feria_inversa.apertura.apertura import abrir_convocatoria
    from feria_inversa.contratos.aceptacion import aceptar_orden
    from feria_inversa.contratos.ordenes import emitir_ordenes
    from feria_inversa.evaluacion.adjudicacion import adjudicar
    from feria_inversa.evaluacion.esquemas import DecisionEntrada
    from nucleo.bd import transaccion

    alberto = e.actor("alberto")
    e.valores["numero_de_acta"] = 1
    for clave in ("abierta", "adjudicada", "ordenada", *_ACEPTADAS, *_IMPUGNABLES):
        with transaccion() as sesion:
            abrir_convocatoria(sesion, alberto, e.valores[clave])
    for clave in ("adjudicada", "ordenada", *_ACEPTADAS, *_IMPUGNABLES):
        with transaccion() as sesion:
            decision = DecisionEntrada(
                item_id=e.valores[f"item_{clave}"], oferta_id=e.valores[f"oferta_{clave}"]
            )
            adjudicar(sesion, alberto, e.valores[clave], [decision])
    _se_puede_impugnar(e, _IMPUGNABLES, confirmado=False)
    for clave in _ACEPTADAS:
        with transaccion() as sesion:
            e.valores[f"orden_{clave}"] = emitir_ordenes(sesion, alberto, e.valores[clave])[0].id
        with transaccion() as sesion:
            aceptar_orden(sesion, e.actor("tomasa"), e.valores[f"orden_{clave}"])


_ACEPTADAS = ("aceptada", "recibida", "atrasada")
_IMPUGNABLES = ("discutible", "impugnada", "juzgada")


def ordenar(e: Escena) -> None:
    """An order that waits for its supplier; of others, a delivery that waits, and one received."""
    from feria_inversa.contratos.entregas import entregar, recibir
    from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
    from feria_inversa.contratos.ordenes import emitir_ordenes
    from nucleo.bd import transaccion

    e.valores["entrega"] = 1
    dicho = EntregaEntrada(lineas=[LineaDeEntrega(numero=1, cantidad=Decimal(2))])
    for clave in ("aceptada", "recibida"):
        with transaccion() as sesion:
            entregar(sesion, e.actor("tomasa"), e.valores[f"orden_{clave}"], dicho)
    with transaccion() as sesion:
        recibir(sesion, e.actor("alberto"), e.valores["orden_recibida"], 1, RecepcionEntrada())

    with transaccion() as sesion:
        ordenes = emitir_ordenes(sesion, e.actor("alberto"), e.valores["ordenada"])
        e.valores["orden_de_compra"] = ordenes[0].id
    _impugnar(e)


def _impugnar(e: Escena) -> None:
    """An appeal that waits, and one that was resolved."""
    from feria_inversa.impugnacion.estados import EstadoImpugnacion
    from feria_inversa.impugnacion.impugnar import impugnar
    from feria_inversa.impugnacion.resolver import resolver_impugnacion
    from nucleo.bd import transaccion

    tienda = e.unidades["tienda"].id
    for clave in ("impugnada", "juzgada"):
        with transaccion() as sesion:
            hecha = impugnar(
                sesion,
                e.actor("tomasa"),
                e.valores[clave],
                e.valores[f"item_{clave}"],
                tienda,
                "Pide más de lo que ganó.",
            )
            e.valores[f"impugnacion_{clave}"] = hecha.id
    with transaccion() as sesion:
        id_ = e.valores["impugnacion_juzgada"]
        resolver_impugnacion(
            sesion, e.actor("alberto"), id_, EstadoImpugnacion.CONFIRMADA, "Sin razón alguna."
        )


def preparar(e: Escena) -> None:
    """A draft, and two calls that take bids: one with the shop's."""
    from nucleo.reloj import ZONA, ahora

    _borrador(e, "llamado")
    llamar(e, "publicada", dias=15)
    llamar(e, "sin_oferta", dias=15)
    ofertar(e, "publicada")
    ofertar(e, "publicada", "rosa", "rival_tienda", como="oferta_rival")
    e.valores["cierre"] = _habil(20).isoformat()
    pasado = ahora() - timedelta(hours=1)
    e.valores |= {
        "pasado": pasado.isoformat(),
        "pasado_local": pasado.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M"),
    }
    e.valores["manana_local"] = (ahora() + timedelta(days=1)).strftime("%Y-%m-%dT16:00")
    for n, dias in ((1, 31), (2, 38), (3, 45)):
        e.valores[f"dia_{n}"] = _habil(dias, 1).astimezone(ZONA).date().isoformat()
    e.valores["modalidad_directa"] = str(UUID(md5(b"modalidad:NB-SABS:CD").hexdigest()))
    e.valores["cierre_local"] = _habil(20).astimezone(ZONA).strftime("%Y-%m-%dT16:00")


def _borrador(e: Escena, clave: str) -> None:
    from feria_inversa.procesos.consultas import items_de
    from feria_inversa.procesos.convocatorias import crear_borrador
    from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
    from nucleo.bd import transaccion

    privado = MARCA if clave == "llamado" else "de la matriz"
    datos = {
        "titulo": f"Mobiliario {privado}",
        "municipio_ine": "010101",
        "plazo_entrega_dias": 30,
    }
    pedido = {
        "descripcion": "Pupitre de madera",
        "cantidad": "4",
        "unidad_medida": "pieza",
        "precio_referencial": bs("100.00"),
    }
    with transaccion() as sesion:
        hecha = crear_borrador(
            sesion,
            e.actor("alberto"),
            e.unidades["alcaldia"].id,
            ConvocatoriaEntrada.model_validate(datos),
            [ItemEntrada.model_validate(pedido)],
        )
        e.valores |= {clave: hecha.id, f"item_{clave}": items_de(sesion, hecha.id)[0].id}
        e.valores[f"version_{clave}"] = str(hecha.version)


def llamar(e: Escena, clave: str, *, dias: int) -> None:
    from feria_inversa.procesos.convocatorias import publicar_convocatoria
    from nucleo.bd import transaccion

    _borrador(e, clave)
    with transaccion() as sesion:
        hecha = publicar_convocatoria(sesion, e.actor("alberto"), e.valores[clave], _habil(dias))
        e.valores[f"ocid_{clave}"] = hecha.ocid


def ofertar(
    e: Escena, clave: str, persona: str = "tomasa", unidad: str = "tienda", *, como: str = ""
) -> None:
    from feria_inversa.ofertas.esquemas import LineaEntrada
    from feria_inversa.ofertas.ofertas import presentar_oferta
    from nucleo.bd import transaccion

    linea = LineaEntrada.model_validate(
        {
            "item_id": e.valores[f"item_{clave}"],
            "precio_unitario": bs("90.00"),
            "marca": "Artesanal",
            "plazo_dias": 15,
        }
    )
    with transaccion() as sesion:
        de = e.unidades[unidad].id
        hecha = presentar_oferta(sesion, e.actor(persona), e.valores[clave], de, [linea])
        e.valores[como or f"oferta_{clave}"] = hecha.id


def _vende_a_quien_compra(e: Escena) -> None:
    """Who buys for the town may sell for the shop that made a bid."""
    apoderar(e.unidades["tienda"], ["VENDER"], persona=e.personas["alberto"])


def _se_puede_impugnar(e: Escena, de: Collection[str] = (), *, confirmado: bool = True) -> None:
    """The awards of every call, or of some, can be contested for many days."""
    ids = ", ".join(f"'{e.valores[clave]}'" for clave in de)
    donde = f" WHERE id IN ({ids})" if ids else ""
    e.administrar("ALTER TABLE feria_convocatoria DISABLE TRIGGER feria_convocatoria_paso")
    e.administrar(
        "UPDATE feria_convocatoria SET reglas = jsonb_set(reglas, '{valores,dias_impugnacion}', "
        """reglas #> '{valores,dias_impugnacion}' || """
        f"""'{{"valor": 60, "confirmado": {str(confirmado).lower()}}}'){donde}"""
    )
    e.administrar("ALTER TABLE feria_convocatoria ENABLE TRIGGER feria_convocatoria_paso")


def _de(clave: str, **mas: str) -> dict[str, Any]:
    return {"params": {"convocatoria_id": clave, **mas}}


_CONVOCATORIA = {
    "unidad_id": "{unidad_alcaldia}",
    "titulo": "Mesas de la matriz",
    "municipio_ine": "010101",
    "plazo_entrega_dias": 30,
}
_LINEA = {
    "item_id": "{item_sin_oferta}",
    "precio_unitario": bs("80.00"),
    "marca": "Artesanal",
    "plazo_dias": 15,
}
_OTRA_LINEA = _LINEA | {"item_id": "{item_publicada}"}
_MEDIA_PIEZA = {
    "descripcion": "Pupitre de madera",
    "cantidad": "1.5",
    "unidad_medida": "pieza",
    "precio_referencial": bs("100.00"),
}
_PUBLICADA, _ORDENADA = {"convocatoria_id": "publicada"}, {"convocatoria_id": "ordenada"}
_CERRADA = {"convocatoria_id": "cerrada", "oferta_id": "oferta_cerrada"}
_CANCELA = {"motivo": "Ya no hace falta comprarlo."}
_DECISION = {"item_id": "{item_abierta}", "oferta_id": "{oferta_abierta}"}
_CAE = {"item_id": "{item_adjudicada}", "causa": "desistido", "explicacion": "No puede entregar a tiempo."}
_UNA = "/api/v1/convocatorias/{convocatoria_id}"
_ORDEN = "/api/v1/ordenes-de-compra/{orden_id}"
_LA_ORDEN = {"params": {"orden_id": "orden_de_compra"}}
_LA_ACEPTADA = {"orden_id": "orden_aceptada"}
_LA_RECIBIDA = {"orden_id": "orden_recibida"}
_LA_ATRASADA = {"orden_id": "orden_atrasada"}
_SU_ENTREGA = {"orden_id": "orden_aceptada", "numero": "entrega"}
_ENTREGA = {"lineas": [{"numero": 1, "cantidad": "1"}]}
_C31 = {"medio": "c31", "comprobante": "44", "fecha": "2024-05-02"}
_CORTA = {"motivo": "No entregó en su plazo."}
_DIAS = {"apertura": "{dia_1}", "adjudicacion": "{dia_2}", "contrato": "{dia_3}"}
_EJECUTORAS = "/api/v1/entidades-contratantes/{unidad_id}/unidades-ejecutoras"
_SUS_EJECUTORAS = "/entidades/{unidad_id}/unidades-ejecutoras"
_EJECUTORA = {"ejecutora": "07", "nombre": "Hospital de la matriz"}
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
_SIN_CONVOCATORIA = {
    "modalidad": "CD",
    "causa": "Hay un solo proveedor en el lugar.",
    "cotizaciones": [
        {"proveedor_id": "{unidad_tienda}", "lineas": [_LINEA | {"item_id": "{item_llamado}"}]},
    ],
}
_IMPUGNA = {
    "item_id": "{item_discutible}",
    "unidad_id": "{unidad_tienda}",
    "motivo": "La oferta que ganó no cumple.",
}
_RESUELVE = {"decision": "revocada", "fundamento": "La oferta que ganó no cumple lo pedido."}
_LA_IMPUGNACION = {"impugnacion_id": "impugnacion_impugnada"}
_LA_JUZGADA = {"impugnacion_id": "impugnacion_juzgada"}
_SU_IMPUGNACION = {"convocatoria_id": "impugnada", **_LA_IMPUGNACION}
_CON = "convocatorias"
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
"""Who evaluates sees a draft, too: they are refused, others do not see it."""

API = [
    fila("GET", "/api/v1/convocatorias", PUBLICO, 200),
    fila("GET", _UNA, PUBLICO, 200, **_de("publicada")),
    fila(
        "POST",
        "/api/v1/convocatorias",
        COMPRA,
        201,
        json=_CONVOCATORIA,
        alcance=_CON,
        negada=no(422, "datos_invalidos", {"items": [_MEDIA_PIEZA]}),
    ),
    fila(
        "PATCH",
        _UNA,
        COMPRA,
        200,
        json={"titulo": "Otro título"},
        cabeceras={"If-Match": '"{version_llamado}"'},
        rechazo=_NO_VE,
        maquina=404,
        alcance=_CON,
        **_de("llamado"),
        negada=no(422, "datos_invalidos", {"items": [_MEDIA_PIEZA]}),
    ),
    fila(
        "DELETE",
        _UNA,
        COMPRA,
        204,
        rechazo=_NO_VE,
        maquina=404,
        alcance=_CON,
        **_de("llamado"),
        negada=no(409, "estado_no_permite", params=_PUBLICADA),
    ),
    fila(
        "POST",
        _UNA + "/publicacion",
        COMPRA,
        200,
        json={"vence_en": "{cierre}"},
        rechazo=_NO_VE,
        maquina=404,
        alcance=_CON,
        **_de("llamado"),
        negada=no(422, "plazo_insuficiente", {"vence_en": "{pasado}"}),
    ),
    fila(
        "POST",
        _UNA + "/sin-convocatoria",
        COMPRA,
        200,
        json=_SIN_CONVOCATORIA,
        rechazo=_NO_VE,
        maquina=404,
        alcance=_CON,
        **_de("llamado"),
        negada=no(422, "cuce_no_corresponde", {"cuce": "26-9999-00-1416504-0-E"}),
    ),
    fila("GET", _UNA + "/cronograma", PUBLICO, 200, **_de("publicada")),
    fila("GET", _EJECUTORAS, PUBLICO, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        _EJECUTORAS,
        ADMINISTRA,
        201,
        json=_EJECUTORA,
        **_DE_LA_ALCALDIA,
        negada=no(409, "ejecutora_en_uso", {"ejecutora": "00"}),
    ),
    fila(
        "POST",
        _UNA + "/cronograma",
        COMPRA,
        201,
        json=_DIAS,
        alcance=_CON,
        **_de("publicada"),
        negada=no(422, "cronograma_invalido", {"contrato": "{dia_1}"}),
    ),
    fila(
        "POST",
        _UNA + "/cancelacion",
        COMPRA,
        200,
        json=_CANCELA,
        alcance=_CON,
        **_de("publicada"),
        negada=no(409, "estado_no_permite", params=_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/apertura",
        COMPRA,
        200,
        alcance=_CON,
        **_de("cerrada"),
        negada=no(403, "conflicto_de_interes", antes=_vende_a_quien_compra),
    ),
    fila(
        "POST",
        _UNA + "/adjudicacion",
        EVALUA,
        200,
        json={"decisiones": [_DECISION]},
        **_de("abierta"),
        negada=no(422, "falta_motivo", {"decisiones": [_DECISION | {"oferta_id": None}]}),
    ),
    fila(
        "POST",
        _UNA + "/ordenes-de-compra",
        COMPRA,
        201,
        alcance=_CON,
        **_de("adjudicada"),
        negada=no(409, "plazo_de_impugnacion", antes=_se_puede_impugnar),
    ),
    fila(
        "POST",
        _UNA + "/sin-efecto",
        EVALUA,
        200,
        json=_CAE,
        **_de("adjudicada"),
        negada=no(409, "estado_no_permite", {"item_id": "{item_ordenada}"}, params=_ORDENADA),
    ),
    fila("GET", _UNA + "/actas/{numero}", PUBLICO, 200, **_de("abierta", numero="numero_de_acta")),
    fila("GET", _UNA + "/ofertas", PUBLICO, 200, **_de("abierta")),
    fila(
        "POST",
        _UNA + "/ofertas",
        OFERTA,
        201,
        json={"unidad_id": "{unidad_tienda}", "lineas": [_LINEA]},
        alcance=_CON,
        **_de("sin_oferta"),
        negada=no(409, "oferta_ya_presentada", {"lineas": [_OTRA_LINEA]}, params=_PUBLICADA),
    ),
    fila(
        "GET",
        _UNA + "/ofertas/{oferta_id}",
        OFERTA,
        200,
        rechazo=404,
        maquina=404,
        alcance=_CON,
        **_de("publicada", oferta_id="oferta_publicada"),
    ),
    fila(
        "PUT",
        _UNA + "/ofertas/{oferta_id}",
        OFERTA,
        200,
        json={"lineas": [_OTRA_LINEA]},
        rechazo=404,
        maquina=404,
        alcance=_CON,
        **_de("publicada", oferta_id="oferta_publicada"),
        negada=no(
            409, "oferta_tardia", {"lineas": [_LINEA | {"item_id": "{item_cerrada}"}]}, params=_CERRADA
        ),
    ),
    fila(
        "DELETE",
        _UNA + "/ofertas/{oferta_id}",
        OFERTA,
        200,
        rechazo=404,
        maquina=404,
        alcance=_CON,
        **_de("publicada", oferta_id="oferta_publicada"),
        negada=no(409, "oferta_tardia", params=_CERRADA),
    ),
    fila("GET", _UNA + "/ordenes-de-compra", PUBLICO, 200, **_de("ordenada")),
    fila("GET", "/api/v1/ordenes-de-compra/{orden_id}", PUBLICO, 200, params={"orden_id": "orden_de_compra"}),
    fila(
        "POST",
        _ORDEN + "/aceptacion",
        OFERTA,
        200,
        alcance=_CON,
        **_LA_ORDEN,
        negada=no(409, "orden_no_permite", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        _ORDEN + "/rechazo",
        OFERTA,
        200,
        json=_CANCELA,
        alcance=_CON,
        **_LA_ORDEN,
        negada=no(409, "orden_no_permite", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        _ORDEN + "/entregas",
        OFERTA,
        201,
        json=_ENTREGA,
        alcance=_CON,
        params=_LA_ACEPTADA,
        negada=no(422, "datos_invalidos", {"lineas": [{"numero": 1, "cantidad": "3"}]}),
    ),
    fila(
        "POST",
        _ORDEN + "/entregas/{numero}/recepcion",
        COMPRA,
        200,
        json={},
        alcance=_CON,
        params=_SU_ENTREGA,
        negada=no(422, "falta_motivo", {"lineas": [{"numero": 1, "cantidad": "1"}]}),
    ),
    fila(
        "POST",
        _ORDEN + "/pagos",
        PAGA,
        201,
        json=_C31 | {"monto": bs("10.00")},
        params=_LA_RECIBIDA,
        negada=no(409, "pago_de_mas", {"monto": bs("180.01")}),
    ),
    fila(
        "POST",
        _ORDEN + "/resolucion",
        COMPRA,
        200,
        json=_CORTA,
        alcance=_CON,
        params=_LA_ATRASADA,
        negada=no(409, "orden_no_permite", params={"orden_id": "orden_de_compra"}),
    ),
    fila("GET", _UNA + "/impugnaciones", PUBLICO, 200, **_de("impugnada")),
    fila(
        "POST",
        _UNA + "/impugnaciones",
        OFERTA,
        201,
        json=_IMPUGNA,
        **_de("discutible"),
        negada=no(409, "no_se_impugna", {"item_id": "{item_ordenada}"}, params=_ORDENADA),
    ),
    fila(
        "POST",
        "/api/v1/impugnaciones/{impugnacion_id}/retiro",
        OFERTA,
        200,
        params=_LA_IMPUGNACION,
        negada=no(409, "impugnacion_no_permite", params=_LA_JUZGADA),
    ),
    fila(
        "POST",
        "/api/v1/impugnaciones/{impugnacion_id}/resolucion",
        ADMINISTRA,
        200,
        json=_RESUELVE,
        params=_LA_IMPUGNACION,
        negada=no(409, "impugnacion_no_permite", params=_LA_JUZGADA),
    ),
    fila("GET", "/ocds/releases.json", PUBLICO, 200),
    fila("GET", "/ocds/releases/{ocid}", PUBLICO, 200, params={"ocid": "ocid_ordenada"}),
    fila("GET", "/ocds/records/{ocid}", PUBLICO, 200, params={"ocid": "ocid_ordenada"}),
]

_FORM = {
    "titulo": "Mesas de la matriz",
    "categoria": "bienes",
    "municipio_ine": "010101",
    "plazo_entrega_dias": "30",
}
_FORM_ITEM = {
    "descripcion": "Mesa de madera",
    "cantidad": "2",
    "unidad_medida": "pieza",
    "precio_referencial": "95,50",
}
_FORM_OFERTA = {
    "_id": "{nuevo}",
    "unidad_id": "{unidad_tienda}",
    "lineas.1.precio_unitario": "90",
    "lineas.1.marca": "Artesanal",
    "lineas.1.plazo_dias": "15",
    "presentar": "1",
}
_GESTION = "/compras/{convocatoria_id}"
_LLAMADO = _de("llamado")
_VE_EL_BORRADOR = {"rechazo": 404, "tambien": {"sin_facultad"}}
_UNA_ORDEN = "/ordenes-de-compra/{orden_id}"
_MI_OFERTA = {"params": {"oferta_id": "oferta_publicada"}, "rechazo": 404}

PAGINAS = [
    fila("GET", "/feria", PUBLICO, 200),
    fila("GET", "/feria/datos-abiertos", PUBLICO, 200),
    fila("GET", "/feria/{convocatoria_id}", PUBLICO, 200, **_de("publicada")),
    fila("GET", "/feria/{convocatoria_id}/acta", PUBLICO, 200, **_de("abierta")),
    fila("GET", "/ordenes-de-compra/{orden_id}", PUBLICO, 200, params={"orden_id": "orden_de_compra"}),
    fila(
        "POST",
        "/feria/{convocatoria_id}/impugnaciones",
        OFERTA,
        303,
        form=_IMPUGNA,
        a="/feria/",
        **_de("discutible"),
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/impugnaciones/{impugnacion_id}/retiro",
        OFERTA,
        303,
        a="/feria/",
        params=_SU_IMPUGNACION,
        negada=no(409, "no puede pasar a «Retirada»", params=_LA_JUZGADA),
    ),
    fila(
        "GET",
        _GESTION + "/impugnaciones",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("impugnada"),
    ),
    fila(
        "POST",
        _GESTION + "/impugnaciones/{impugnacion_id}/resolucion",
        ADMINISTRA,
        303,
        form=_RESUELVE,
        a="/compras/",
        rechazo=_NO_VE,
        params=_SU_IMPUGNACION,
        negada=no(422, "Explique el fundamento", {"fundamento": "corto"}),
    ),
    fila("GET", "/ordenes-de-compra", MIS_OFERTAS, 200),
    fila(
        "POST",
        "/ordenes-de-compra/{orden_id}/aceptacion",
        OFERTA,
        303,
        a="/ordenes-de-compra/",
        **_LA_ORDEN,
        negada=no(409, "no puede pasar a «Aceptada»", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        "/ordenes-de-compra/{orden_id}/rechazo",
        OFERTA,
        303,
        form=_CANCELA,
        a="/ordenes-de-compra/",
        **_LA_ORDEN,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/entregas",
        OFERTA,
        303,
        form={"_id": "{nuevo}", "lineas.1.cantidad": "1"},
        a="/ordenes-de-compra/",
        params=_LA_ACEPTADA,
        negada=no(422, "más de lo que queda", {"lineas.1.cantidad": "3"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/entregas/{numero}/recepcion",
        COMPRA,
        303,
        form={"lineas.1.cantidad": "2"},
        a="/ordenes-de-compra/",
        params=_SU_ENTREGA,
        negada=no(422, "por qué no recibe todo", {"lineas.1.cantidad": "1"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/pagos",
        PAGA,
        303,
        form=_C31 | {"_id": "{nuevo}", "monto": "10"},
        a="/ordenes-de-compra/",
        params=_LA_RECIBIDA,
        negada=no(409, "falta pagar", {"monto": "180,01"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/resolucion",
        COMPRA,
        303,
        form=_CORTA,
        a="/ordenes-de-compra/",
        params=_LA_ATRASADA,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila("GET", "/compras", COMPRA, 200, tambien={"sin_facultad", "otra_unidad"}),
    fila("GET", "/compras/nueva", COMPRA, 200, tambien={"sin_facultad", "otra_unidad"}),
    fila(
        "POST",
        "/compras/nueva",
        COMPRA,
        303,
        form=_FORM | {"_id": "{nuevo}", "unidad_id": "{unidad_alcaldia}"},
        a="/compras/",
        negada=no(422, "Elija un municipio de la lista", {"municipio_ine": "999999"}),
    ),
    fila(
        "GET",
        _GESTION,
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("publicada"),
    ),
    fila("GET", _GESTION + "/datos", COMPRA, 200, **_VE_EL_BORRADOR, **_LLAMADO),
    fila(
        "POST",
        _GESTION + "/datos",
        COMPRA,
        303,
        form=_FORM,
        a="/compras/",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(422, "Elija un municipio de la lista", {"municipio_ine": "999999"}),
    ),
    fila("GET", _GESTION + "/items", COMPRA, 200, **_VE_EL_BORRADOR, **_LLAMADO),
    fila(
        "POST",
        _GESTION + "/items",
        COMPRA,
        303,
        form=_FORM_ITEM,
        a="/compras/",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(422, "admite 0 decimales", {"cantidad": "1,5"}),
    ),
    fila(
        "POST",
        _GESTION + "/items/quitar",
        COMPRA,
        303,
        form={"quitar": "1"},
        a="/compras/",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(409, "Lo publicado no se edita", params=_PUBLICADA),
    ),
    fila("GET", _GESTION + "/publicar", COMPRA, 200, **_VE_EL_BORRADOR, **_LLAMADO),
    fila(
        "POST",
        _GESTION + "/publicar",
        COMPRA,
        303,
        form={"vence_en": "{cierre_local}"},
        a="/compras/",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(422, "posterior a la publicación", {"vence_en": "{pasado_local}"}),
    ),
    fila("GET", _GESTION + "/sin-convocatoria", COMPRA, 200, **_VE_EL_BORRADOR, **_LLAMADO),
    fila(
        "POST",
        _GESTION + "/sin-convocatoria",
        COMPRA,
        303,
        form={
            "modalidad": "{modalidad_directa}",
            "causa": "Hay un solo proveedor en el lugar.",
            "proveedor": "{numero_tienda}",
            "lineas.1.precio_unitario": "90,00",
            "lineas.1.marca": "Artesanal",
            "lineas.1.plazo_dias": "15",
        },
        a="/compras/",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(422, "Ese CUCE es de la entidad", {"cuce": "26-9999-00-1416504-0-E"}),
    ),
    fila("GET", _SUS_EJECUTORAS, ADMINISTRA, 200, **_DE_LA_ALCALDIA),
    fila(
        "POST",
        _SUS_EJECUTORAS,
        ADMINISTRA,
        303,
        form=_EJECUTORA,
        a="/entidades/",
        **_DE_LA_ALCALDIA,
        negada=no(409, "ya está declarada", {"ejecutora": "00"}),
    ),
    fila("GET", "/feria/{convocatoria_id}/cronograma", PUBLICO, 200, **_de("publicada")),
    fila(
        "GET",
        _GESTION + "/cronograma",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("publicada"),
    ),
    fila(
        "POST",
        _GESTION + "/cronograma",
        COMPRA,
        303,
        form=_DIAS,
        a="/feria/",
        rechazo=_NO_VE,
        **_de("publicada"),
        negada=no(422, "No puede ser antes", {"contrato": "{dia_1}"}),
    ),
    fila(
        "POST",
        _GESTION + "/eliminar",
        COMPRA,
        303,
        a="/compras",
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(409, "Lo publicado no se edita", params=_PUBLICADA),
    ),
    fila(
        "POST",
        _GESTION + "/apertura",
        COMPRA,
        303,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("cerrada"),
        negada=no(403, "de una unidad que ofertó", antes=_vende_a_quien_compra),
    ),
    fila(
        "POST",
        _GESTION + "/adjudicacion",
        EVALUA,
        303,
        form={"decisiones.1.oferta_id": "{oferta_abierta}"},
        rechazo=_NO_VE,
        a="/compras/",
        **_de("abierta"),
        negada=no(422, "explique por qué lo declara desierto", {"decisiones.1.oferta_id": "desierto"}),
    ),
    fila(
        "POST",
        _GESTION + "/ordenes",
        COMPRA,
        303,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("adjudicada"),
        negada=no(409, "El plazo para impugnar corre", antes=_se_puede_impugnar),
    ),
    fila(
        "POST",
        _GESTION + "/sin-efecto",
        EVALUA,
        303,
        form=_CAE,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("adjudicada"),
        negada=no(403, "de una unidad que ofertó", antes=_vende_a_quien_compra),
    ),
    fila(
        "POST",
        _GESTION + "/cancelacion",
        COMPRA,
        303,
        form=_CANCELA,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("publicada"),
        negada=no(409, "no se cancela", params=_ORDENADA),
    ),
    fila(
        "GET", "/feria/{convocatoria_id}/ofertar", OFERTA, 200, tambien={"otra_unidad"}, **_de("sin_oferta")
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/ofertar",
        OFERTA,
        303,
        form=_FORM_OFERTA,
        a="/ofertas/",
        rechazo={"otra_unidad": 422},
        **_de("sin_oferta"),
        negada=no(422, "Use otro", {"_id": "{oferta_rival}"}),
    ),
    fila("GET", "/ofertas", MIS_OFERTAS, 200),
    fila("GET", "/ofertas/{oferta_id}", OFERTA, 200, **_MI_OFERTA),
    fila(
        "POST",
        "/ofertas/{oferta_id}/retirar",
        OFERTA,
        303,
        a="/feria/",
        **_MI_OFERTA,
        negada=no(409, "El plazo terminó", params={"oferta_id": "oferta_cerrada"}),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {-60: publicar, -40: decidir, -1: ordenar, 0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
