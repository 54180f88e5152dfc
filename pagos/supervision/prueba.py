"""Proofs that a transfer is in the closing of its day, and how anybody checks one without asking us."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from constancia import camino_de, hash_de_hoja, incluida, raiz_de, raiz_por_camino, registrar_frases
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro.modelos import Transferencia
from pagos.supervision.cierre import POR_BLOQUE, hojas
from pagos.supervision.errores import CierreInexistente, CierrePendiente, LibroNoCoincide
from pagos.supervision.hoja import PREFIJO, Hoja
from pagos.supervision.modelos import BloqueDeCierre, Cierre

VERSION = "qhatu-prueba-v1"
registrar_frases(
    VERSION,
    _l(
        "Prueba que esta transferencia, con estos datos exactos, está en el cierre que tiene esa raíz: "
        "nadie la "
        "quitó ni la cambió."
    ),
    _l(
        "No prueba que esa raíz sea la publicada: compárela. Tampoco de quién es cada cuenta ni por qué se "
        "pagó."
    ),
)
COMO = (
    "1) `hoja` son los campos de `transferencia` unidos con |, en ASCII. 2) hash = SHA-256(00 || hoja). "
    "3) Por cada hash de `ruta`, de abajo arriba, SHA-256(01 || izquierda || derecha) segun `indice` y "
    "`tamano` (RFC 9162, 2.1.3.2). 4) El resultado es la `raiz` del cierre, que cualquiera lee en "
    "/api/v1/cierres/{dia}."
)


def cierre_de(sesion: Session, dia: date) -> Cierre:
    """Raises `CierreInexistente`."""
    cierre = sesion.get(Cierre, dia)
    if cierre is None:
        raise CierreInexistente(_("Se cierra cada día después de medianoche; revise la fecha."))
    return cierre


def prueba_de(sesion: Session, transferencia: Transferencia) -> dict[str, Any]:
    """The proof, as JSON that needs nothing else to be checked. Reads one block of the day, not the day.

    Raises `CierrePendiente` until the day is closed, `LibroNoCoincide` if the rows are not those sealed.
    """
    dia = fecha_bolivia(transferencia.creada_en)
    cierre = sesion.get(Cierre, dia)
    if cierre is None:
        raise CierrePendiente(
            _("La prueba estará lista minutos después de que termine y se cierre el día %(dia)s.")
            % {"dia": filtro_fecha(dia)}
        )
    bloques = sesion.exec(
        select(BloqueDeCierre).where(col(BloqueDeCierre.dia) == dia).order_by(col(BloqueDeCierre.indice))
    ).all()
    numero = transferencia.numero
    bloque = next((b for b in bloques if b.primero <= numero <= b.ultimo), None)
    if bloque is None:
        raise LibroNoCoincide(_("Avise a la autoridad: la transferencia no está en el cierre de su día."))
    del_bloque = list(hojas(sesion, dia, tras=bloque.primero - 1, hasta=bloque.ultimo))
    hashes = [h.hash for h in del_bloque]
    posicion = next((i for i, h in enumerate(del_bloque) if h.numero == numero), None)
    if posicion is None or raiz_de(hashes) != bloque.raiz:
        raise LibroNoCoincide(_("Avise a la autoridad: alguna transferencia de ese día cambió."))
    ruta = camino_de(posicion, hashes) + camino_de(bloque.indice, [b.raiz for b in bloques])
    indice = bloque.indice * POR_BLOQUE + posicion
    if not incluida(hashes[posicion], indice, cierre.cantidad, ruta, cierre.raiz):
        raise LibroNoCoincide(_("Avise a la autoridad: el cierre de ese día cambió."))
    return _documento(cierre, del_bloque[posicion], indice, ruta)


def _documento(cierre: Cierre, hoja: Hoja, indice: int, ruta: list[bytes]) -> dict[str, Any]:
    _prefijo, *valores = hoja.texto.split("|")
    return {
        "version": VERSION,
        "transferencia": dict(zip(CAMPOS, valores, strict=True)),
        "hoja": hoja.texto,
        "hash": hoja.hash.hex(),
        "indice": indice,
        "tamano": cierre.cantidad,
        "ruta": [h.hex() for h in ruta],
        "cierre": {"dia": cierre.dia.isoformat(), "cantidad": cierre.cantidad, "raiz": cierre.raiz.hex()},
        "como_verificar": COMO,
    }


CAMPOS = (
    "numero",
    "id",
    "debito",
    "credito",
    "monto_centavos",
    "codigo",
    "tipo",
    "creada_en",
    "referencia",
    "pendiente_id",
)


def comprobar_prueba(documento: Any, raiz_publicada: str | None = None) -> list[str]:
    """What is wrong with a proof; nothing is well. Needs no database and no network.

    `raiz_publicada`: the root of that day as anybody reads it, in hexadecimal.
    """
    try:
        hoja = str(documento["hoja"])
        tamano, indice = documento["tamano"], documento["indice"]
        dicho = [documento["transferencia"][c] for c in CAMPOS]
        ruta = [bytes.fromhex(h) for h in documento["ruta"]]
        declarada = bytes.fromhex(documento["cierre"]["raiz"])
        if not all(type(n) is int for n in (tamano, indice, documento["cierre"]["cantidad"])):
            raise TypeError
        datos = hoja.encode("ascii")
    except (KeyError, TypeError, ValueError):
        return [_("El archivo no es una prueba de Qhatu o está incompleto.")]
    fallas = []
    if documento.get("version") != VERSION:
        fallas.append(_("La versión de la prueba no se conoce."))
    if hoja != "|".join([PREFIJO, *map(str, dicho)]):
        fallas.append(_("Los datos de la transferencia no son los de la hoja."))
    if hash_de_hoja(datos).hex() != documento.get("hash"):
        fallas.append(_("El hash no es el de la hoja."))
    if tamano != documento["cierre"]["cantidad"]:
        fallas.append(_("El tamaño no es el del cierre."))
    if raiz_por_camino(hash_de_hoja(datos), indice, tamano, ruta) != declarada:
        fallas.append(_("La ruta no lleva a la raíz del cierre."))
    if raiz_publicada is not None and raiz_publicada.strip().lower() != declarada.hex():
        fallas.append(_("La raíz no es la que se publicó para ese día."))
    return fallas
