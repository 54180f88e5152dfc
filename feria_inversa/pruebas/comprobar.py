"""Checking the file of a proof with nothing else; `static/constancia/comprobar.js` does it in a browser."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from constancia import Dicho, fallas_de_hojas, frases_de
from feria_inversa.actos import ADJUDICACION, APERTURA, HOJA_DE_ACTA, acta_en_hoja
from feria_inversa.ofertas import HOJA, HOJA_DE_RECIBIDAS, en_orden, recibidas_en_hoja
from feria_inversa.pruebas.esquemas import PruebaDeFeria
from feria_inversa.pruebas.palabras import de_la_apertura, de_la_oferta, del_acta
from nucleo.textos import gettext as _

_TIPOS = {
    "acta": [HOJA_DE_ACTA],
    "oferta": [HOJA],
    "apertura": [HOJA_DE_RECIBIDAS, HOJA_DE_ACTA],
}
_SE_FUERON = ("reemplazada", "retirada")


def _sha256(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


def comprobar(documento: Any, clave_publicada: str | None = None) -> list[str]:
    """What is wrong with a proof of the fair; nothing is well."""
    try:
        prueba = PruebaDeFeria.model_validate(documento)
        if not _en_forma(prueba):
            raise ValueError
        fallas = fallas_de_hojas(prueba, clave_publicada)
        se_cumple = _por_clase(prueba)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [_("El archivo no es una prueba de un proceso de compra o está incompleto.")]
    return [*fallas, *(falla for falla, cumple in se_cumple.items() if not cumple)]


def _en_forma(prueba: PruebaDeFeria) -> bool:
    """Whether it has the parts of its kind, and no others."""
    return (
        [hoja.tipo for hoja in prueba.hojas] == _TIPOS[prueba.clase]
        and (prueba.acta is None) == (prueba.clase == "oferta")
        and (not prueba.textos or prueba.clase == "oferta")
        and (not prueba.recibidas or prueba.clase == "apertura")
    )


def _por_clase(prueba: PruebaDeFeria) -> dict[str, bool]:
    if prueba.clase == "oferta":
        (hoja,) = prueba.hojas
        dichas, huellas = hoja.contenido.split("|")[:-1], [_sha256(texto) for texto in prueba.textos]
        cierto = bool(dichas) and len(set(huellas)) == len(huellas) and set(huellas) <= set(dichas)
        return {_("El texto no es el que se selló."): cierto}
    assert prueba.acta is not None
    dicho = json.loads(prueba.acta)
    hoja = prueba.hojas[-1]
    es_de_la_hoja = hoja.contenido == acta_en_hoja(dicho["numero"], dicho["clase"], _sha256(prueba.acta))
    if dicho["clase"] == ADJUDICACION:
        es_de_la_hoja = es_de_la_hoja and dicho["proceso"] == hoja.objeto
    se_cumple = {_("El acta no es la de su hoja."): es_de_la_hoja}
    if prueba.clase == "apertura":
        de_cuantas = prueba.hojas[0]
        se_cumple |= {
            _("Las hojas no son de un mismo proceso."): de_cuantas.objeto == hoja.objeto,
            _("La lista de ofertas no es la que se anotó al cierre."): (
                prueba.recibidas == en_orden(de_cuantas.objeto, prueba.recibidas)
                and de_cuantas.contenido == recibidas_en_hoja(de_cuantas.objeto, prueba.recibidas)
            ),
            _("El acta no da cuenta de esas mismas ofertas, cada una una vez."): (
                dicho["clase"] == APERTURA and _da_cuenta(dicho, prueba.recibidas)
            ),
        }
    return se_cumple


def _da_cuenta(dicho: Mapping[str, Any], recibidas: Sequence[str]) -> bool:
    """Whether an act of opening says what became of each of these bids once, and of no other; and each text
    or envelope that it publishes is the one of its fingerprint in the leaf.
    """
    llegaron = [contenido.split("|") for contenido in recibidas]
    hojas = {partes[0]: partes for partes in llegaron}
    textos, cerradas = dicho["textos"], dicho["cerradas"]
    contadas = [
        *textos,
        *(i["huella"] for i in dicho["invalidas"]),
        *(h for hs in cerradas.values() for h in hs),
    ]
    return (
        len(set(contadas)) == len(contadas) == len(llegaron)
        and set(contadas) == {partes[0] for partes in llegaron}
        and sorted(textos) == sorted(oferta["huella"] for oferta in dicho["ofertas"])
        and all(_sha256(texto) == huella for huella, texto in textos.items())
        and all(_es_la_que_llego(invalida, hojas[invalida["huella"]]) for invalida in dicho["invalidas"])
        and all(
            (partes[0] in cerradas.get(estado, ())) == (partes[-1] == estado)
            for partes in llegaron
            for estado in _SE_FUERON
        )
    )


def _es_la_que_llego(invalida: Mapping[str, Any], partes: Sequence[str]) -> bool:
    """Whether a bid that does not count is the one of its leaf: by what it said or, of what could not be
    read, by the envelope, whose fingerprint is the second one of the leaf (the first ones had none).
    """
    if invalida["texto"]:
        return bool(_sha256(invalida["texto"]) == invalida["huella"])
    sobre = _de_sobre(invalida["sobre"])
    return bool(sobre == invalida["huella_sobre"]) and (len(partes) == 2 or sobre == partes[1])


def _de_sobre(sobre: str) -> str:
    return hashlib.sha256(base64.b64decode(sobre, validate=True)).hexdigest()


def decir(documento: Any) -> Dicho:
    """In words, what a proof that is good says."""
    prueba = PruebaDeFeria.model_validate(documento)
    if prueba.clase == "oferta":
        return Dicho(de_la_oferta(prueba), frases_de("oferta"))
    dicho = json.loads(prueba.acta or "", parse_float=Decimal)
    if prueba.clase == "apertura":
        return Dicho(de_la_apertura(prueba, dicho), frases_de("apertura"))
    que = ADJUDICACION if dicho["clase"] == ADJUDICACION else "acta"
    return Dicho(del_acta(prueba, dicho), frases_de(que))
