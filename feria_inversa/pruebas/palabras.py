"""What each proof of the fair shows and does not, in plain words, and how one that is good is told."""

from collections.abc import Mapping
from typing import Any

from constancia import registrar_frases
from feria_inversa.actos import ADJUDICACION, NOMBRE_DE_ACTA
from feria_inversa.pruebas.esquemas import PruebaDeFeria
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

registrar_frases(
    ADJUDICACION,
    _l(
        "Prueba que el acta que decide, con este texto exacto (qué ítem, a quién y por cuánto), está en el "
        "registro público que firmó esa clave, y que nadie le cambió una letra desde esa firma."
    ),
    _l(
        "No prueba que la decisión fuera la mejor, ni que siga valiendo: pudo impugnarse, quedar sin efecto "
        "o decidirse otra vez. Eso lo dice la página del proceso."
    ),
)
registrar_frases(
    "acta",
    _l(
        "Prueba que esta acta, con este texto exacto y este número, está en el registro público que firmó "
        "esa clave, y que nadie le cambió una letra desde esa firma."
    ),
    _l("No prueba que lo que el acta dice sea cierto, ni que otra acta posterior no diga otra cosa."),
)
registrar_frases(
    "oferta",
    _l(
        "Prueba que el compromiso de esta oferta está entre los que se anotaron al cerrar la recepción; y, "
        "si el archivo trae lo que decía su sobre, que lo que se abrió es lo que se selló."
    ),
    _l(
        "No prueba de quién es la oferta (la huella es la de su recibo) ni que se haya evaluado bien. Si el "
        "archivo no trae el texto, tampoco prueba qué decía."
    ),
)
registrar_frases(
    "apertura",
    _l(
        "Prueba que el acta de apertura da cuenta de todas las ofertas selladas que se anotaron, una por "
        "una: ninguna de más, ninguna de menos, ninguna repetida; y que los textos que publica son los que "
        "se sellaron."
    ),
    _l(
        "No prueba que a nadie se le impidiera ofertar, ni que no falte una que nunca se anotó: quien ofertó "
        "tiene un recibo firmado, y su huella debe estar en la lista."
    ),
)


def _proceso(dicho: Mapping[str, Any]) -> str:
    return " · ".join(str(dicho[que]) for que in ("cuce", "titulo", "entidad") if dicho.get(que))


def del_acta(prueba: PruebaDeFeria, dicho: Mapping[str, Any]) -> list[str]:
    """Which act, and of one that awards, each decision."""
    _numero, _clase, huella = prueba.hojas[-1].contenido.split("|")
    acta = _("Acta {numero}: {clase}. SHA-256: {huella}").format(
        numero=dicho["numero"], clase=NOMBRE_DE_ACTA.get(dicho["clase"], dicho["clase"]), huella=huella
    )
    if dicho["clase"] != ADJUDICACION:
        return [_proceso(dicho), acta]
    return [_proceso(dicho), acta, *(_decision(d) for d in dicho["decisiones"])]


def _decision(d: Mapping[str, Any]) -> str:
    if "proveedor" not in d:
        return _("Ítem {item}, {que}: desierto. {motivo}").format(
            item=d["item"], que=d["descripcion"], motivo=d["motivo"]
        )
    return _("Ítem {item}, {que}: {quien} ({registro}), Bs {total}").format(
        item=d["item"],
        que=d["descripcion"],
        quien=d["proveedor"],
        registro=d["registro"],
        total=f"{d['total']:.2f}".replace(".", ","),
    )


def de_la_oferta(prueba: PruebaDeFeria) -> list[str]:
    (hoja,) = prueba.hojas
    *huellas, estado = hoja.contenido.split("|")
    return [
        _("Proceso {}").format(hoja.objeto),
        _("Huella de la oferta: {huella}. Al cierre estaba {estado}.").format(
            huella=huellas[0], estado=estado
        ),
        *(_("Decía: {texto}").format(texto=texto) for texto in prueba.textos),
    ]


def de_la_apertura(prueba: PruebaDeFeria, dicho: Mapping[str, Any]) -> list[str]:
    de_cuantas, acta = prueba.hojas
    cerradas = sum(len(huellas) for huellas in dicho["cerradas"].values())
    return [
        _proceso(dicho),
        _("Ofertas que se recibieron: {n}").format(n=len(prueba.recibidas)),
        _("El acta {numero} abrió {abiertas}, dejó cerradas {cerradas} y no valieron {invalidas}.").format(
            numero=dicho["numero"],
            abiertas=len(dicho["textos"]),
            cerradas=cerradas,
            invalidas=len(dicho["invalidas"]),
        ),
        _("La lista se anotó antes que el acta.")
        if de_cuantas.indice < acta.indice
        else _("La lista y el acta se anotaron a la vez: que fuera antes no está probado."),
    ]
