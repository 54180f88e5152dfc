"""`qhatu verify constancia`: recompute the tree from its leaves, and check every head against it."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import text
from sqlmodel import Session, col, select

from constancia.anotar import hash_de
from constancia.firmas import bytes_de_cabeza, firma_valida, id_de_clave
from constancia.merkle import Acumulador
from constancia.modelos import Cabeza, Clave, Hoja
from nucleo.verificar import comprueba

# The stored tree: each node is what is under it, and none is missing.
_NODOS_MALOS = text(
    r"""
    SELECT n.nivel, n.indice FROM constancia_nodo n
    LEFT JOIN constancia_hoja h ON n.nivel = 0 AND h.indice = n.indice
    LEFT JOIN constancia_nodo p ON n.nivel > 0 AND p.nivel = n.nivel - 1 AND p.indice = n.indice * 2
    LEFT JOIN constancia_nodo i ON n.nivel > 0 AND i.nivel = n.nivel - 1 AND i.indice = n.indice * 2 + 1
    WHERE n.hash IS DISTINCT FROM
          CASE WHEN n.nivel = 0 THEN h.hash ELSE sha256('\x01'\:\:bytea || p.hash || i.hash) END
    ORDER BY 1, 2 LIMIT 20
    """
)
_NODOS_POR_NIVEL = text(
    "SELECT nivel, count(*), max(indice) FROM constancia_nodo GROUP BY nivel ORDER BY nivel"
)


@comprueba("constancia")
def verificar_constancia(sesion: Session) -> list[str]:
    """A line for each thing that is not as it must be; none is well. Reads every leaf."""
    return [*_fallas_de_hojas_y_cabezas(sesion), *_fallas_de_nodos(sesion)]


def _fallas_de_hojas_y_cabezas(sesion: Session) -> Iterator[str]:
    """A head is right when the leaves up to its size have its root: so each also continues the last."""
    claves = {c.id: c.publica for c in sesion.exec(select(Clave)).all()}
    for clave_id, publica in claves.items():
        if id_de_clave(publica) != clave_id:
            yield f"la clave {clave_id.hex()} no es la de su identificador"
    cabezas = list(sesion.exec(select(Cabeza).order_by(col(Cabeza.tamano))).all())
    for cabeza, anterior in zip(cabezas[1:], cabezas, strict=False):
        if cabeza.instante <= anterior.instante:
            yield f"la cabeza {cabeza.tamano} dice ser anterior a la {anterior.tamano}"
    por_ver = cabezas[::-1]
    arbol = Acumulador()
    consulta = select(Hoja).where(col(Hoja.indice).is_not(None)).order_by(col(Hoja.indice))
    with closing(sesion.exec(consulta.execution_options(yield_per=5_000))) as hojas:
        for hoja in hojas:
            if hoja.indice != arbol.cantidad:
                yield f"falta la hoja {arbol.cantidad}: la siguiente es la {hoja.indice}"
                return
            hash_ = hash_de(hoja.tipo, hoja.objeto, hoja.contenido)
            if hash_ != hoja.hash:
                yield f"la hoja {hoja.indice} no tiene el hash de su texto"
            arbol.agregar(hash_)
            if por_ver and por_ver[-1].tamano == arbol.cantidad:
                yield from _fallas_de_cabeza(por_ver.pop(), arbol.raiz(), claves)
    for cabeza in por_ver:
        yield f"la cabeza {cabeza.tamano} dice más hojas de las que hay ({arbol.cantidad})"
    if arbol.cantidad != (cabezas[-1].tamano if cabezas else 0):
        yield f"hay {arbol.cantidad} hojas en el árbol y ninguna cabeza de ese tamaño"


def _fallas_de_cabeza(cabeza: Cabeza, raiz: bytes, claves: dict[bytes, bytes]) -> Iterator[str]:
    if cabeza.raiz != raiz:
        yield f"la cabeza {cabeza.tamano} no tiene la raíz de sus hojas: alguna cambió"
    mensaje = bytes_de_cabeza(cabeza.tamano, cabeza.instante, cabeza.raiz)
    if not firma_valida(claves.get(cabeza.clave_id, b""), cabeza.firma, mensaje):
        yield f"la firma de la cabeza {cabeza.tamano} no es de la clave {cabeza.clave_id.hex()}"


def _fallas_de_nodos(sesion: Session) -> Iterator[str]:
    conexion = sesion.connection()
    for nivel, indice in conexion.execute(_NODOS_MALOS):
        yield f"el nodo {indice} del nivel {nivel} no es el de lo que tiene debajo"
    hojas = conexion.execute(text("SELECT count(indice) FROM constancia_hoja")).scalar_one()
    hay = {nivel: (cuantos, maximo) for nivel, cuantos, maximo in conexion.execute(_NODOS_POR_NIVEL)}
    for nivel in range(max(hojas.bit_length(), max(hay, default=-1) + 1)):
        debidos = hojas >> nivel
        cuantos, maximo = hay.get(nivel, (0, -1))
        if (cuantos, maximo) != (debidos, debidos - 1):
            yield f"en el nivel {nivel} hay {cuantos} nodos y deben ser {debidos}"
