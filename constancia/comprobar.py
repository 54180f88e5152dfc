"""Checking the file of a proof with nothing else: no database, no network, nobody to believe."""

from typing import Any

from pydantic import ValidationError

from constancia.anotar import texto_de_hoja
from constancia.esquemas import PruebaDeInclusion
from constancia.firmas import bytes_de_cabeza, firma_valida, id_de_clave
from constancia.merkle import hash_de_hoja, incluida
from constancia.presentar import de_iso_ms
from nucleo.textos import gettext as _

VERSION = "qhatu-constancia-v1"


def comprobar_constancia(documento: Any, clave_publicada: str | None = None) -> list[str]:
    """What is wrong with a proof of inclusion; nothing is well.

    `clave_publicada`: the public key as anybody reads it, or its id, in hexadecimal.
    """
    try:
        prueba = PruebaDeInclusion.model_validate(documento)
        instante = de_iso_ms(prueba.cabeza.instante)
        datos = prueba.texto.encode("ascii")
    except (ValidationError, ValueError):
        return [_("El archivo no es una prueba del registro público o está incompleto.")]
    cabeza, hoja = prueba.cabeza, prueba.hoja
    publica, raiz = bytes.fromhex(prueba.clave_publica), bytes.fromhex(cabeza.raiz)
    ruta = [bytes.fromhex(h) for h in prueba.ruta]
    firma = bytes.fromhex(cabeza.firma)
    se_cumple = {
        _("La versión de la prueba no se conoce."): prueba.version == VERSION,
        _("Los datos no son los del texto de la hoja."): (
            prueba.texto == texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido)
        ),
        _("El hash no es el de la hoja."): hash_de_hoja(datos).hex() == prueba.hash,
        _("La ruta no lleva a la raíz firmada."): (
            incluida(hash_de_hoja(datos), prueba.indice, cabeza.tamano, ruta, raiz)
        ),
        _("La clave no es la que dice la cabeza."): id_de_clave(publica).hex() == cabeza.clave,
        _("La firma no es de esa clave."): (
            firma_valida(publica, firma, bytes_de_cabeza(cabeza.tamano, instante, raiz))
        ),
        _("La clave no es la que se publicó."): (
            clave_publicada is None or clave_publicada.strip().lower() in (prueba.clave_publica, cabeza.clave)
        ),
    }
    return [falla for falla, cumple in se_cumple.items() if not cumple]
