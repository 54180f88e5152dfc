"""The keys to which bids are sealed: envelopes (HPKE), parts (SLIP-39), and the people who hold them."""

from feria_inversa.llaves.avisos import AVISO_DE_LLAVE
from feria_inversa.llaves.cifrado import cifrar, descifrar, es_tamano_cifrado, tamano_cifrado
from feria_inversa.llaves.consultas import (
    TenenciaMia,
    guardianes_de,
    guardianes_de_llave,
    llave_de,
    llaves_de_procesos,
    tenencias,
    tenencias_mias,
)
from feria_inversa.llaves.esquemas import PalabrasEntrada, ParteSalida
from feria_inversa.llaves.formularios import PARTE, HojaDeParte
from feria_inversa.llaves.hpke import BYTES_DE_MAS, NoAbre, abrir, sellar
from feria_inversa.llaves.presentar import exigir_parte, parte_suya
from feria_inversa.llaves.relleno import NoCabe, rellenar, sin_relleno, tamano_para
from feria_inversa.llaves.resguardos import (
    HOJA_DE_LLAVE,
    ensayar,
    entregar,
    inscribir,
    llave_en_hoja,
    llaves_al_publicar,
    nombrar,
    olvidar_partes,
    umbral_de,
)
from feria_inversa.llaves.secreto import publica_del

__all__ = [
    "AVISO_DE_LLAVE",
    "BYTES_DE_MAS",
    "HOJA_DE_LLAVE",
    "PARTE",
    "HojaDeParte",
    "NoAbre",
    "NoCabe",
    "PalabrasEntrada",
    "ParteSalida",
    "TenenciaMia",
    "abrir",
    "cifrar",
    "descifrar",
    "ensayar",
    "entregar",
    "es_tamano_cifrado",
    "exigir_parte",
    "guardianes_de",
    "guardianes_de_llave",
    "inscribir",
    "llave_de",
    "llave_en_hoja",
    "llaves_al_publicar",
    "llaves_de_procesos",
    "nombrar",
    "olvidar_partes",
    "parte_suya",
    "publica_del",
    "rellenar",
    "sellar",
    "sin_relleno",
    "tamano_cifrado",
    "tamano_para",
    "tenencias",
    "tenencias_mias",
    "umbral_de",
]
