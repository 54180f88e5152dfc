"""Rows of the reverse fair: the entity's calls and acts, sealed bids, open data; API and pages."""

from typing import Any

from tests.autorizacion.feria import (
    decidir,
    ordenar,
    preparar,
    publicar,
    se_puede_impugnar,
    vende_a_quien_compra,
)
from tests.autorizacion.filas import PUBLICO, Fila, Quien, bs, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
EVALUA = mandato("alcaldia", "EVALUAR", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
PAGA = mandato("alcaldia", "PAGAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
MIS_OFERTAS = Quien("tomasa", "tienda", "OFERTAR", libre=True)


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
_ARCHIVO_DE_MES = {"mes": "mes_archivado", "archivo": "archivo_de_mes"}
_OTRA_LINEA = _LINEA | {"item_id": "{item_publicada}"}
_MEDIA_PIEZA = {
    "descripcion": "Pupitre de madera",
    "cantidad": "1.5",
    "unidad_medida": "pieza",
    "precio_referencial": bs("100.00"),
}
_PERFILES = (
    ("entidades/{codigo}", {"codigo": "entidad_del_mercado"}),
    ("familias/{familia}", {"familia": "familia_del_mercado"}),
    ("lugares/{departamento}", {"departamento": "departamento_del_mercado"}),
    ("proveedores/{clave}", {"clave": "quien_vendio"}),
)
_PUBLICADA, _ORDENADA = {"convocatoria_id": "publicada"}, {"convocatoria_id": "ordenada"}
_CERRADA = {"convocatoria_id": "cerrada", "oferta_id": "oferta_cerrada"}
_CANCELA = {"motivo": "Ya no hace falta comprarlo.", "cierre": "cancela"}
_DECISION = {"item_id": "{item_abierta}", "oferta_id": "{oferta_abierta}"}
_CAE = {"item_id": "{item_adjudicada}", "causa": "desistido", "explicacion": "No puede entregar a tiempo."}
_UNA = "/api/v1/convocatorias/{convocatoria_id}"
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
    fila(
        "PUT",
        _UNA + "/certificacion",
        COMPRA,
        200,
        json={"certificacion_id": "{certificacion}"},
        rechazo=_NO_VE,
        maquina=404,
        alcance=_CON,
        **_de("llamado"),
        negada=no(422, "datos_invalidos", {"certificacion_id": "{nuevo}"}),
    ),
    fila(
        "GET",
        "/api/v1/precios-adjudicados",
        PUBLICO,
        200,
        consulta={"descripcion": "Pupitre de madera", "unidad_medida": "pieza"},
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
        _UNA + "/siguientes",
        COMPRA,
        201,
        alcance=_CON,
        **_de("desierta"),
        negada=no(409, "estado_no_permite", params=_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/apertura",
        COMPRA,
        200,
        alcance=_CON,
        **_de("cerrada"),
        negada=no(403, "conflicto_de_interes", antes=vende_a_quien_compra),
    ),
    fila(
        "POST",
        _UNA + "/adjudicacion",
        EVALUA,
        200,
        json={"decisiones": [_DECISION]},
        con_otros="propone",
        **_de("abierta"),
        negada=no(422, "falta_motivo", {"decisiones": [_DECISION | {"oferta_id": None}]}),
    ),
    fila(
        "POST",
        _UNA + "/mesas",
        EVALUA,
        201,
        json={
            "presentes": ["Tomasa, por su tienda"],
            "dichos": [{"item_id": "{item_abierta}", "dicho": "Nada."}],
        },
        **_de("abierta"),
        negada=no(422, "datos_invalidos", {"dichos": [{"item_id": "{nuevo}", "dicho": "Nada."}]}),
    ),
    fila(
        "POST",
        _UNA + "/calificaciones",
        EVALUA,
        201,
        json={"revisadas": [{"oferta_id": "{oferta_abierta}"}]},
        **_de("abierta"),
        negada=no(
            422,
            "datos_invalidos",
            {"revisadas": [{"oferta_id": "{oferta_abierta}", "causa": "no_cumple"}]},
        ),
    ),
    fila(
        "POST",
        _UNA + "/ordenes-de-compra",
        COMPRA,
        201,
        alcance=_CON,
        **_de("adjudicada"),
        negada=no(409, "plazo_de_impugnacion", antes=se_puede_impugnar),
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
    fila("GET", _UNA + "/actas/{numero}/prueba", PUBLICO, 200, **_de("abierta", numero="numero_de_acta")),
    fila("GET", "/feria/{convocatoria_id}/pruebas", PUBLICO, 200, **_de("abierta")),
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
    fila("GET", "/ocds/releases.json", PUBLICO, 200),
    fila("GET", "/ocds/records.json", PUBLICO, 200),
    fila("GET", "/ocds/cambios.json", PUBLICO, 200),
    fila("GET", "/ocds/releases/{ocid}", PUBLICO, 200, params={"ocid": "ocid_ordenada"}),
    fila("GET", "/ocds/records/{ocid}", PUBLICO, 200, params={"ocid": "ocid_ordenada"}),
    fila("GET", "/ocds/meses.json", PUBLICO, 200),
    fila("GET", "/ocds/meses/{mes}/{archivo}", PUBLICO, 200, params=_ARCHIVO_DE_MES),
    fila(
        "GET",
        "/ocds/meses/{mes}/{entidad}/{archivo}",
        PUBLICO,
        200,
        params=_ARCHIVO_DE_MES | {"entidad": "numero_alcaldia"},
    ),
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
_MI_OFERTA = {"params": {"oferta_id": "oferta_publicada"}, "rechazo": 404}

PAGINAS = [
    fila("GET", "/feria", PUBLICO, 200),
    fila("GET", "/feria/mercado", PUBLICO, 200),
    fila("GET", "/feria/mercado.csv", PUBLICO, 200),
    fila("GET", "/feria/mercado/resumen.csv", PUBLICO, 200),
    fila("GET", "/api/v1/mercado/procesos", PUBLICO, 200),
    fila("GET", "/api/v1/mercado/resumen", PUBLICO, 200),
    fila("GET", "/feria/datos-abiertos", PUBLICO, 200),
    fila("GET", "/feria/datos-abiertos/meses", PUBLICO, 200),
    fila("GET", "/feria/mercado/precios", PUBLICO, 200),
    fila("GET", "/feria/mercado/precios.csv", PUBLICO, 200),
    fila("GET", "/api/v1/mercado/precios", PUBLICO, 200),
    *(
        fila("GET", f"/feria/mercado/{camino}{tabla}", PUBLICO, 200, params=params)
        for camino, params in _PERFILES
        for tabla in ("", ".csv")
    ),
    fila("GET", "/feria/{convocatoria_id}", PUBLICO, 200, **_de("publicada")),
    fila("GET", "/feria/{convocatoria_id}/acta", PUBLICO, 200, **_de("abierta")),
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
        negada=no(422, "no lleva decimales", {"cantidad": "1,5"}),
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
    fila("GET", _GESTION + "/certificacion", COMPRA, 200, **_VE_EL_BORRADOR, **_LLAMADO),
    fila(
        "POST",
        _GESTION + "/certificacion",
        COMPRA,
        303,
        form={"certificacion_id": "{certificacion}"},
        a="/compras/",
        leen={"sin_facultad"},
        rechazo=_NO_VE,
        **_LLAMADO,
        negada=no(422, "Elija una certificación de la entidad", {"certificacion_id": "{nuevo}"}),
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
        _GESTION + "/siguientes",
        COMPRA,
        303,
        form={"_id": "{nuevo}"},
        rechazo=_NO_VE,
        a="/compras/",
        **_de("desierta"),
        negada=no(409, "No hay nada que volver a convocar", params=_ORDENADA),
    ),
    fila(
        "POST",
        _GESTION + "/apertura",
        COMPRA,
        303,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("cerrada"),
        negada=no(403, "de una unidad que ofertó", antes=vende_a_quien_compra),
    ),
    fila(
        "POST",
        _GESTION + "/adjudicacion",
        EVALUA,
        303,
        form={"decisiones.1.oferta_id": "{oferta_abierta}"},
        con_otros="propone",
        rechazo=_NO_VE,
        a="/compras/",
        **_de("abierta"),
        negada=no(422, "explique por qué lo declara desierto", {"decisiones.1.oferta_id": "desierto"}),
    ),
    fila("GET", _GESTION + "/mesa", EVALUA, 200, rechazo=_NO_VE, **_de("abierta")),
    fila(
        "POST",
        _GESTION + "/mesa",
        EVALUA,
        303,
        form={"presentes": "Tomasa, por su tienda", "dichos.1.dicho": "Nada se negoció."},
        rechazo=_NO_VE,
        a="/compras/",
        **_de("abierta"),
        negada=no(422, "Escriba qué se dijo", {"dichos.1.dicho": ""}),
    ),
    fila("GET", _GESTION + "/calificacion", EVALUA, 200, rechazo=_NO_VE, **_de("abierta")),
    fila(
        "POST",
        _GESTION + "/calificacion",
        EVALUA,
        303,
        form={"revisadas.1.causa": "sigue"},
        rechazo=_NO_VE,
        a="/compras/",
        **_de("abierta"),
        negada=no(
            422, "Explique la causa", {"revisadas.1.causa": "no_cumple", "revisadas.1.explicacion": "No."}
        ),
    ),
    fila(
        "POST",
        _GESTION + "/ordenes",
        COMPRA,
        303,
        rechazo=_NO_VE,
        a="/compras/",
        **_de("adjudicada"),
        negada=no(409, "El plazo para impugnar corre", antes=se_puede_impugnar),
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
        negada=no(403, "de una unidad que ofertó", antes=vende_a_quien_compra),
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
