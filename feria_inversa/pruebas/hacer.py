"""Making the file of a proof, of what anybody may already see."""

import json
from uuid import UUID

from sqlmodel import Session, col, select

from constancia import PruebaDeHojas, hash_de, hashes_que_faltan, prueba_de_hojas
from feria_inversa.actos import (
    APERTURA,
    APERTURA_TECNICA,
    HOJA_DE_ACTA,
    Renglon,
    acta_de_clase,
    acta_en_hoja,
    renglon_de_clase,
)
from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura import acta_publicada
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas import (
    HOJA,
    HOJA_DE_RECIBIDAS,
    OfertaNoEncontrada,
    contenido_de,
    recibidas_de,
    recibidas_en_hoja,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.pruebas.errores import SinApertura
from feria_inversa.pruebas.esquemas import Clase, PruebaDeFeria
from nucleo.textos import gettext as _

COMO = (
    "1) Por cada una de `hojas`: h = SHA-256(00 || texto), con texto = qhatu-hoja-v1, tipo, objeto y "
    "contenido unidos "
    "con | en ASCII; con cada hash de `ruta`, de abajo arriba, SHA-256(01 || izquierda || derecha) segun "
    "`indice` "
    "y cabeza.tamano (RFC 9162, 2.1.3.2), se llega a cabeza.raiz. "
    "2) cabeza.firma es Ed25519 de `clave_publica` sobre: milisegundos desde 1970 de cabeza.instante (8 "
    "bytes), "
    "cabeza.tamano (8 bytes), 20, cabeza.raiz, 00 00; cabeza.clave es SHA-256(302a300506032b6570032100 || "
    "clave_publica): compare la clave con la que se publica en /api/v1/constancia/claves. "
    "3) De un acta, el contenido de su hoja es numero|clase|SHA-256 de `acta` en UTF-8, y dicen lo mismo el "
    "numero y la "
    "clase que el acta trae; de una adjudicacion, tambien el proceso. "
    "4) De una oferta, el SHA-256 de cada uno de `textos` es una de las huellas del contenido de su hoja. "
    "5) De una apertura, la hoja ofertas_recibidas dice cuantas son `recibidas` y el SHA-256 de los hashes "
    "de sus hojas "
    "(tipo oferta_sellada, el mismo objeto), ordenados y uno tras otro; y cada primera huella esta una vez, "
    "y ninguna "
    "otra, en `textos`, `invalidas` o `cerradas` del acta; el SHA-256 de cada texto es su huella, y de una "
    "invalida sin texto, el "
    "de su `sobre` (base64) es la segunda huella de su hoja."
)


def hoja_de(proceso_id: UUID, acta: Acta | Renglon) -> bytes:
    """The hash of the leaf of an act."""
    contenido = acta_en_hoja(acta.numero, acta.clase, acta.huella)
    return hash_de(HOJA_DE_ACTA, str(proceso_id), contenido)


def _archivo(
    clase: Clase,
    firmadas: PruebaDeHojas,
    *,
    acta: str | None = None,
    textos: list[str] | None = None,
    recibidas: list[str] | None = None,
) -> PruebaDeFeria:
    return PruebaDeFeria(
        clase=clase,
        hojas=firmadas.hojas,
        cabeza=firmadas.cabeza,
        clave_publica=firmadas.clave_publica,
        acta=acta,
        textos=textos or [],
        recibidas=recibidas or [],
        como_verificar=COMO,
    )


def prueba_de_acta(sesion: Session, convocatoria: Convocatoria, numero: int) -> PruebaDeFeria:
    """That an act is in the log. Raises `ActaNoEncontrada`, `SobresCerrados`, `HojaPendiente`."""
    acta = acta_publicada(sesion, convocatoria, numero)
    firmadas = prueba_de_hojas(sesion, [hoja_de(convocatoria.id, acta)])
    return _archivo("acta", firmadas, acta=acta.contenido)


def prueba_de_oferta(sesion: Session, convocatoria: Convocatoria, huella: str) -> PruebaDeFeria:
    """That a bid is among those of the closing; with what it said, once it is open.

    Raises `OfertaNoEncontrada`, also of one whose process did not close or was not sealed; `HojaPendiente`.
    """
    consulta = select(Oferta).where(Oferta.convocatoria_id == convocatoria.id, Oferta.huella == huella)
    oferta = sesion.exec(consulta).one_or_none()
    hoja = None if oferta is None else hash_de(HOJA, str(convocatoria.id), contenido_de(oferta))
    if oferta is None or hoja is None or hashes_que_faltan(sesion, [hoja]):
        raise OfertaNoEncontrada(_("Las ofertas que llegan selladas se anotan al cerrarse la recepción."))
    firmadas = prueba_de_hojas(sesion, [hoja])
    return _archivo("oferta", firmadas, textos=_textos_de(sesion, convocatoria, oferta))


def _textos_de(sesion: Session, convocatoria: Convocatoria, oferta: Oferta) -> list[str]:
    """What the envelopes of a bid said, as their acts published it."""
    buscadas = [(APERTURA_TECNICA, oferta.huella_tecnica), (APERTURA, oferta.huella)]
    textos = []
    for clase, huella in buscadas:
        if huella is None or (clase == APERTURA and convocatoria.estado == Estado.SUBASTA):
            continue
        acta = acta_de_clase(sesion, convocatoria.id, clase)
        dicho = {} if acta is None else json.loads(acta.contenido)
        invalidas = {i["huella"]: i.get("texto", "") for i in dicho.get("invalidas", ())}
        textos.append(dicho.get("textos", {}).get(huella) or invalidas.get(huella))
    return [texto for texto in textos if texto]


def prueba_de_apertura(sesion: Session, convocatoria: Convocatoria) -> PruebaDeFeria:
    """That an opening has all the sealed bids, and no other. Raises `SinApertura`, `HojaPendiente`."""
    if not se_prueba_la_apertura(sesion, convocatoria):
        raise SinApertura(_("Se prueba de lo que llegó sellado, una vez que se abre."))
    acta = acta_de_clase(sesion, convocatoria.id, APERTURA)
    assert acta is not None
    recibidas = recibidas_de(sesion, convocatoria.id)
    cuantas = hash_de(HOJA_DE_RECIBIDAS, str(convocatoria.id), recibidas_en_hoja(convocatoria.id, recibidas))
    firmadas = prueba_de_hojas(sesion, [cuantas, hoja_de(convocatoria.id, acta)])
    return _archivo("apertura", firmadas, acta=acta.contenido, recibidas=recibidas)


def se_prueba_la_apertura(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether its bids came sealed, and were opened for everybody."""
    return (
        convocatoria.estado != Estado.SUBASTA
        and renglon_de_clase(sesion, convocatoria.id, APERTURA) is not None
        and llave_de(sesion, convocatoria.id) is not None
    )


def selladas_de(
    sesion: Session, convocatoria_id: UUID, desde: int, cuantas: int
) -> list[tuple[str, str, bytes]]:
    """Some of the bids of a closed process, in the order of their fingerprints, with how each stood at the
    closing and the hash of its leaf."""
    consulta = (
        select(Oferta)
        .where(Oferta.convocatoria_id == convocatoria_id)
        .order_by(col(Oferta.huella))
        .offset(desde)
        .limit(cuantas)
    )
    dichas = [(oferta.huella, contenido_de(oferta)) for oferta in sesion.exec(consulta)]
    return [(h, d.rsplit("|", 1)[-1], hash_de(HOJA, str(convocatoria_id), d)) for h, d in dichas]
