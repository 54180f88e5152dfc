"""The sequencer: leaves that wait get their places in the tree, and each batch one signed head.

`constancia_integrar` (SQL) places a batch and adds the nodes it completes, under a lock that only one holds;
another that comes meanwhile has nothing to do. Batch and head are one transaction: killed in between, nothing
happened. What is integrated is whatever is committed without a place, so a leaf that commits late is never
passed over.
"""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from constancia.consultas import raiz_en
from constancia.firmas import MILISEGUNDO, bytes_de_cabeza, clave_privada, id_de_clave
from constancia.modelos import Cabeza, Clave
from nucleo.bd import transaccion
from nucleo.reloj import ahora_bd

POR_LOTE = 10_000
_INTEGRAR = text("SELECT constancia_integrar(:maximo)")
_SIN_CABEZA = text(
    """
    SELECT max(indice) + 1 FROM constancia_hoja
    HAVING max(indice) + 1 > (SELECT coalesce(max(tamano), 0) FROM constancia_cabeza)
    """
)


def integrar_pendientes(por_lote: int = POR_LOTE) -> int:
    """Integrate every leaf that waits, in batches; how many heads that made."""
    hechas = 0
    while True:
        with transaccion() as sesion:
            cabeza = integrar_lote(sesion, por_lote)
        if cabeza is None:
            return hechas
        hechas += 1


def integrar_lote(sesion: Session, maximo: int = POR_LOTE) -> Cabeza | None:
    """Place at most `maximo` leaves and sign the tree they make; None if none waits or another is at it."""
    conexion = sesion.connection()
    tamano: int | None = conexion.execute(_INTEGRAR, {"maximo": maximo}).scalar_one()
    if tamano is None:  # places without a head: somebody called the function and did not sign
        tamano = conexion.execute(_SIN_CABEZA).scalar_one_or_none()
    return None if tamano is None else _firmar(sesion, tamano, clave_privada())


def _firmar(sesion: Session, tamano: int, clave: Ed25519PrivateKey) -> Cabeza:
    publica = clave.public_key().public_bytes_raw()
    clave_id = id_de_clave(publica)
    alta = insert(Clave).values(id=clave_id, publica=publica).on_conflict_do_nothing()
    sesion.connection().execute(alta)
    raiz, instante = raiz_en(sesion, tamano), _instante(sesion)
    firma = clave.sign(bytes_de_cabeza(tamano, instante, raiz))
    cabeza = Cabeza(tamano=tamano, instante=instante, raiz=raiz, clave_id=clave_id, firma=firma)
    sesion.add(cabeza)
    sesion.flush()
    return cabeza


def _instante(sesion: Session) -> datetime:
    """Now, in whole milliseconds, and later than the last head: so a reader can order them."""
    instante = ahora_bd(sesion)
    instante = instante.replace(microsecond=instante.microsecond // 1000 * 1000)
    ultimo = sesion.exec(select(col(Cabeza.instante)).order_by(col(Cabeza.tamano).desc()).limit(1)).first()
    return instante if ultimo is None else max(instante, ultimo + MILISEGUNDO)
