"""`qhatu verify`: the public log has each act of each process, and no other."""

from sqlmodel import Session, select

from constancia import hash_de, hashes_que_faltan, hojas_de_mas
from feria_inversa.actos.actas import HOJA_DE_ACTA, acta_en_hoja
from feria_inversa.actos.modelos import Acta
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
TANDA = 5_000


@comprueba("actas de la feria")
def verificar_actas(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    filas = sesion.exec(select(Acta.convocatoria_id, Acta.numero, Acta.clase, Acta.huella))
    hojas = {
        hash_de(HOJA_DE_ACTA, str(proceso), acta_en_hoja(numero, clase, huella)): f"{numero} de {proceso}"
        for proceso, numero, clase, huella in filas
    }
    hashes = list(hojas)
    faltan = [
        hash_
        for desde in range(0, len(hashes), TANDA)
        for hash_ in hashes_que_faltan(sesion, hashes[desde : desde + TANDA])
    ]
    de_mas = hojas_de_mas(sesion, HOJA_DE_ACTA, hojas)
    return [
        *(f"falta en la constancia el acta {hojas[hash_]}" for hash_ in faltan),
        *(f"la constancia tiene un acta que no hay: {dicho}" for dicho in de_mas),
    ][:FALTAS_MAXIMO]
