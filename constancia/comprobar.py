"""Checking the file of a proof with nothing else: no database, no network, nobody to believe."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from constancia.anotar import texto_de_hoja
from constancia.esquemas import HojaEnArbol, PruebaDeHojas, PruebaDeInclusion
from constancia.firmas import bytes_de_cabeza, firma_valida, id_de_clave
from constancia.merkle import hash_de_hoja, incluida
from constancia.palabras import Frases, frases_de
from constancia.presentar import de_iso_ms
from nucleo.textos import gettext as _

VERSION = "qhatu-constancia-v1"


@dataclass(frozen=True, slots=True)
class Dicho:
    """What a good proof says, line by line, and what that shows and does not."""

    lineas: list[str]
    frases: Frases


@dataclass(frozen=True, slots=True)
class _Clase:
    comprobar: Callable[[Any, str | None], list[str]]
    decir: Callable[[Any], Dicho]


_otras: dict[str, _Clase] = {}


def registrar_prueba(
    version: str, comprobar: Callable[[Any, str | None], list[str]], decir: Callable[[Any], Dicho]
) -> None:
    """Another kind of file that holds leaves: as `comprobar_constancia` and `decir_constancia` do."""
    _otras[version] = _Clase(comprobar, decir)


def comprobar_constancia(documento: Any, clave_publicada: str | None = None) -> list[str]:
    """What is wrong with a proof of inclusion, or with one that another room registered; nothing is well.

    `clave_publicada`: the public key as anybody reads it, or its id, in hexadecimal.
    """
    if (otra := _otra(documento)) is not None:
        return otra.comprobar(documento, clave_publicada)
    try:
        prueba = PruebaDeInclusion.model_validate(documento)
        datos = prueba.texto.encode("ascii")
        hoja = HojaEnArbol(**prueba.hoja.model_dump(), indice=prueba.indice, ruta=prueba.ruta)
        firmada = PruebaDeHojas(hojas=[hoja], cabeza=prueba.cabeza, clave_publica=prueba.clave_publica)
        de_la_firma = fallas_de_hojas(firmada, clave_publicada)
    except (ValidationError, ValueError):
        return [_("El archivo no es una prueba del registro público o está incompleto.")]
    se_cumple = {
        _("La versión de la prueba no se conoce."): prueba.version == VERSION,
        _("Los datos no son los del texto de la hoja."): (
            prueba.texto == texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido)
        ),
        _("El hash no es el de la hoja."): hash_de_hoja(datos).hex() == prueba.hash,
    }
    return [*(falla for falla, cumple in se_cumple.items() if not cumple), *de_la_firma]


def decir_constancia(documento: Any) -> Dicho:
    """In words, what a proof that is good says."""
    if (otra := _otra(documento)) is not None:
        return otra.decir(documento)
    hoja = documento["hoja"]
    return Dicho([documento["texto"]], frases_de(hoja["tipo"]))


def _otra(documento: Any) -> _Clase | None:
    version = documento.get("version") if isinstance(documento, dict) else None
    return _otras.get(version) if isinstance(version, str) else None


def fallas_de_hojas(prueba: PruebaDeHojas, clave_publicada: str | None = None) -> list[str]:
    """What is wrong with leaves and their signed head. Raises `ValueError` of no instant, or no ASCII."""
    cabeza = prueba.cabeza
    instante = de_iso_ms(cabeza.instante)
    publica, raiz = bytes.fromhex(prueba.clave_publica), bytes.fromhex(cabeza.raiz)
    se_cumple = {
        _("La ruta no lleva a la raíz firmada."): all(
            incluida(
                hash_de_hoja(texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido).encode("ascii")),
                hoja.indice,
                cabeza.tamano,
                [bytes.fromhex(h) for h in hoja.ruta],
                raiz,
            )
            for hoja in prueba.hojas
        ),
        _("La clave no es la que dice la cabeza."): id_de_clave(publica).hex() == cabeza.clave,
        _("La firma no es de esa clave."): (
            firma_valida(publica, bytes.fromhex(cabeza.firma), bytes_de_cabeza(cabeza.tamano, instante, raiz))
        ),
        _("La clave no es la que se publicó."): (
            clave_publicada is None or clave_publicada.strip().lower() in (prueba.clave_publica, cabeza.clave)
        ),
    }
    return [falla for falla, cumple in se_cumple.items() if not cumple]
